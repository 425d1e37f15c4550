package io.github.sqlvdi.client;

import io.github.sqlvdi.VdiException;

/**
 * The result of a wait for the next command (VDI reference 3.6.1). A time-out and a close happen in every normal run,
 * so they are values. Every other end of a wait is a {@link VdiException}.
 */
public enum CommandResult {

    /** A command was fetched and must be completed. */
    COMMAND,

    /** No command arrived within the time ({@code VD_E_TIMEOUT}); nothing changed, wait again or give up. */
    TIMEOUT,

    /**
     * The server closed the device ({@code VD_E_CLOSE}). This is the normal end of a device, but it does not mean that
     * the statement succeeded: only the statement's own result says that (VDI reference 2.7 and 11.1).
     */
    CLOSED
}
