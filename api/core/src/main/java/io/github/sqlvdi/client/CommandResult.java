package io.github.sqlvdi.client;

import io.github.sqlvdi.VdiException;

/**
 * What a wait for the next command brought (VDI reference 3.6.1). Time-out and close happen in every normal run and are
 * therefore values; everything else a wait can end with is a {@link VdiException}.
 */
public enum CommandResult {

    /** A command was fetched and must be completed. */
    COMMAND,

    /** No command arrived within the time ({@code VD_E_TIMEOUT}); nothing changed, wait again or give up. */
    TIMEOUT,

    /**
     * The server closed the device ({@code VD_E_CLOSE}). It ended in an orderly way, which does not mean that the
     * statement succeeded: only the statement itself says that (VDI reference 2.7 and 11.1).
     */
    CLOSED
}
