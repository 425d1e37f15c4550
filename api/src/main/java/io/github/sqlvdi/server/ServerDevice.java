package io.github.sqlvdi.server;

import io.github.sqlvdi.VdiAbortedException;
import io.github.sqlvdi.VdiException;

/**
 * The server's side of one device ({@code IServerVirtualDevice}, VDI reference 3.9). Commands are delivered to the client
 * in the order in which they were sent; several may be out. {@link #send(ServerCommand)} may be called from any thread,
 * also from a completion callback.
 */
public final class ServerDevice implements AutoCloseable {

    /**
     * The name under which the device was opened.
     *
     * @return the name
     */
    public String name() {
        throw new UnsupportedOperationException("not built yet");
    }

    /**
     * Sends a command to the client ({@code SendCommand}, VDI reference 3.9.1); does not wait for it. The completion agent
     * must be running. Allocates nothing.
     *
     * <p>Each command that reaches the library leads to exactly one callback, also when the library refuses it: a
     * {@link VdiException} tells the sender, the completion code tells the callback. An {@link IllegalStateException} or
     * {@link NullPointerException} means that nothing was sent; then there is no callback.
     *
     * @param command a command with content that is not out
     * @throws NullPointerException if the command is null
     * @throws IllegalStateException if the command is out or has no content, or the device or set is closed
     * @throws VdiAbortedException if the set was aborted; the callback gets 995 (ERROR_OPERATION_ABORTED)
     * @throws VdiException if the library refuses: {@code VD_E_QUEUE_FULL} (callback: 1450), {@code VD_E_IO_ERROR} (1117),
     *     {@code VD_E_PROTOCOL} when the device is not active (6)
     */
    public void send(ServerCommand command) {
        throw new UnsupportedOperationException("not built yet");
    }

    /**
     * Closes the device ({@code CloseDevice}, VDI reference 3.9.2): the client gets its orderly end once it has fetched what
     * was sent before. Call it when no command is out on the device. Closing again, or after an abort, does nothing.
     *
     * @throws VdiException if the library refuses
     */
    @Override
    public void close() {
        throw new UnsupportedOperationException("not built yet");
    }

    private ServerDevice() {
    }
}
