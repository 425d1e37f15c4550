package io.github.sqlvdi.internal.com;

/**
 * The completion routine of a command, called by the server half when the command is completed (VDI reference 3.9.1).
 */
@FunctionalInterface
public interface CommandCallback {
    /**
     * Called when the command is completed.
     *
     * @param pCmd the address of the completed {@code VDS_Command}
     */
    void completed(long pCmd);
}
