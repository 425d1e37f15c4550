package io.github.sqlvdi.mtf;

import java.util.ArrayList;
import java.util.List;

/** What is unusual in a stream, and the first thing that is wrong with it. */
final class Findings {

    private static final int MOST_REMARKS = 16;

    private final List<String> remarks = new ArrayList<>();
    private Wholeness verdict = Wholeness.FLOWING;
    private Offence offence;

    /** Takes something unusual that is no offence. */
    void remark(String words) {
        if (remarks.size() < MOST_REMARKS && !remarks.contains(words)) {
            remarks.add(words);
        }
    }

    /** Takes something wrong at a place of what was fed. Only the first offence counts. */
    void offence(Wholeness kind, long position, String words) {
        if (offence == null) {
            verdict = kind;
            offence = new Offence(position, words);
        }
    }

    boolean isOffended() {
        return offence != null;
    }

    void whole() {
        verdict = Wholeness.WHOLE;
    }

    Wholeness verdict() {
        return verdict;
    }

    /** The first offence; null without one. */
    Offence offence() {
        return offence;
    }

    List<String> remarks() {
        return remarks;
    }
}
