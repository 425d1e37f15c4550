package io.github.sqlvdi.internal.engine;

import io.github.sqlvdi.AbortReason;

/** The abort word of the control region: 0 while the set is not aborted, otherwise the number of a reason. */
final class AbortWord {

    /** The reasons in the order of their numbers, which start at 1 and are part of the layout. */
    private static final AbortReason[] REASONS = {
        AbortReason.CLIENT, AbortReason.SERVER, AbortReason.CLIENT_CLOSED, AbortReason.SERVER_CLOSED,
        AbortReason.PROCESS_DIED, AbortReason.TIME_OUT, AbortReason.DAMAGED, AbortReason.CALLBACK_FAILED
    };

    private AbortWord() {
    }

    static int of(AbortReason reason) {
        for (int i = 0; i < REASONS.length; i++) {
            if (REASONS[i] == reason) {
                return i + 1;
            }
        }
        throw new IllegalArgumentException("the abort reason " + reason + " has no number");
    }

    /** {@return the reason of a word other than 0; {@link AbortReason#DAMAGED} if the word is the number of no reason} */
    static AbortReason reason(int word) {
        return word >= 1 && word <= REASONS.length ? REASONS[word - 1] : AbortReason.DAMAGED;
    }
}
