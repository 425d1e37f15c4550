package io.github.sqlvdi.internal.engine.host;

import java.io.IOException;

/** Thrown when a live process already has this slot of the set. */
public final class SlotTakenException extends IOException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception. */
    public SlotTakenException(int slot) {
        super("slot " + slot + " of the set is taken by a live process");
    }
}
