package io.github.sqlvdi.processes;

import io.github.sqlvdi.VdiException;
import io.github.sqlvdi.VdiProvider;
import io.github.sqlvdi.client.VirtualDeviceSet;
import java.lang.foreign.MemorySegment;
import java.util.function.Consumer;

/** A secondary that opens no device but works on buffers whose handles it is told. */
final class HelperRole {
    private final VirtualDeviceSet set;
    private final Consumer<String> report;

    HelperRole(String name, Consumer<String> report) {
        this.set = VirtualDeviceSet.builder(name).provider(VdiProvider.EMBEDDED).openInSecondary();
        this.report = report;
        report.accept("joined");
    }

    /** Reports whether the buffer holds the first buffer of device 0's pattern. */
    void sum(int handle, int size) {
        attempt(handle, size, buffer -> report.accept("sum " + new Pattern(0, size).matches(buffer)));
    }

    /** Fills the buffer with the first buffer of a device's pattern. */
    void fill(int handle, int size, int device) {
        attempt(handle, size, buffer -> {
            new Pattern(device, size).fill(buffer);
            report.accept("filled");
        });
    }

    private void attempt(int handle, int size, Consumer<MemorySegment> work) {
        try {
            work.accept(set.mapBuffer(handle, size));
        } catch (VdiException e) {
            report.accept("failed " + e.codeName());
        }
    }

    void leave() {
        set.close();
        report.accept("left");
    }
}
