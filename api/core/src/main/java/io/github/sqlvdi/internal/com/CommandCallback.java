package io.github.sqlvdi.internal.com;

/** What a server is called back with: the completion routine of a command (VDI reference 3.9.1). */
@FunctionalInterface
public interface CommandCallback {
    /** @param pCmd the address of the completed {@code VDS_Command} */
    void completed(long pCmd);
}
