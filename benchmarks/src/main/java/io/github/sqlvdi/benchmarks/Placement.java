package io.github.sqlvdi.benchmarks;

import java.util.List;

/** Where the two threads of a hand-off run. */
public enum Placement {
    /** Each on its own CPU, if the system lets a program choose and there are two CPUs. */
    APART,
    /** Wherever the system puts them. */
    FREE;

    /** Places the calling thread, which is the first (0) or second (1) of the two. */
    public void take(int which) {
        if (this == APART && CpuPin.isPossible()) {
            List<Integer> cpus = CpuPin.allowed();
            CpuPin.pin(cpus.get(which == 0 ? 0 : cpus.size() - 1));
        }
    }
}
