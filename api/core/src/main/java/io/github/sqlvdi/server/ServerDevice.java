package io.github.sqlvdi.server;

import io.github.sqlvdi.Hresults;
import io.github.sqlvdi.VdiAbortedException;
import io.github.sqlvdi.VdiException;
import io.github.sqlvdi.internal.com.IServerVirtualDevice;
import io.github.sqlvdi.internal.com.Results;
import io.github.sqlvdi.internal.memory.CallGate;
import java.util.Locale;
import java.util.Objects;

/**
 * The server's side of one device ({@code IServerVirtualDevice}, VDI reference 3.9). Commands are delivered to the
 * client in the order in which they were sent; several may be out at once, that is, sent and not yet called back.
 * {@link #send(ServerCommand)} may be called from any thread, also from a completion callback.
 */
public final class ServerDevice implements AutoCloseable {

    private final ServerDeviceSet set;
    private final String name;
    private final IServerVirtualDevice calls;
    private final CallGate gate = new CallGate();
    private volatile boolean closed;

    ServerDevice(ServerDeviceSet set, String name, IServerVirtualDevice calls) {
        this.set = set;
        this.name = name;
        this.calls = calls;
    }

    /** {@return the name under which the device was opened} */
    public String name() {
        return name;
    }

    /**
     * Sends a command to the client ({@code SendCommand}, VDI reference 3.9.1); does not wait for it. The completion
     * agent must be running. Allocates nothing.
     *
     * <p>Each command that reaches the library leads to exactly one callback, also when the library refuses it: the
     * sender gets a {@link VdiException}, the callback gets the completion code. After an {@link IllegalStateException}
     * or {@link NullPointerException} nothing was sent, and there is no callback.
     *
     * @param command a command with content that is not out
     * @throws NullPointerException if the command is null
     * @throws IllegalStateException if the command is out or has no content, or the device or set is closed
     * @throws VdiAbortedException if the set was aborted; the callback gets 995 (ERROR_OPERATION_ABORTED)
     * @throws VdiException if the library refuses: {@code VD_E_QUEUE_FULL} (callback: 1450), {@code VD_E_IO_ERROR}
     *     (1117) until a {@code VDC_ClearError} succeeded, {@code VD_E_INVALID} (87) for a buffer that is not shared or
     *     too small, {@code VD_E_PROTOCOL} when the device is not active (6)
     */
    public void send(ServerCommand command) {
        Objects.requireNonNull(command, "command");
        enter();
        try {
            int hresult = calls.sendCommand(command.handOver(this));
            if (hresult != Hresults.S_OK) {
                refused(command, hresult);
            }
        } finally {
            gate.leave();
        }
    }

    private void refused(ServerCommand command, int hresult) {
        if (!Hresults.failed(hresult)) {
            return;
        }
        if (!isVdiError(hresult)) {
            command.takeBack(); // the call failed before it reached VDI, so there will be no callback
        }
        throw Results.failure(
                String.format(Locale.ROOT, "SendCommand of %s on device \"%s\"", command.code().nativeName(), name),
                hresult);
    }

    private static boolean isVdiError(int hresult) {
        return hresult >>> 16 == Hresults.VD_E_ABORT >>> 16;
    }

    /**
     * Closes the device ({@code CloseDevice}, VDI reference 3.9.2): the client gets {@code VD_E_CLOSE} after it has
     * fetched all commands that were sent before. Call it when no command is out on the device. A second call, or a
     * call after an abort, does nothing.
     *
     * @throws VdiException if the library refuses
     */
    @Override
    public void close() {
        if (closed || !gate.tryEnter()) {
            return;
        }
        try {
            int hresult = calls.closeDevice();
            if (hresult != Hresults.VD_E_ABORT && hresult != Hresults.VD_E_CLOSE) {
                Results.check(String.format(Locale.ROOT, "CloseDevice of device \"%s\"", name), hresult);
            }
            closed = true;
        } finally {
            gate.leave();
        }
    }

    ServerDeviceSet set() {
        return set;
    }

    IServerVirtualDevice calls() {
        return calls;
    }

    boolean isClosed() {
        return closed;
    }

    /**
     * Refuses all further calls and waits for those that still run; returns false if one still runs at the deadline.
     */
    boolean shut(long deadline) {
        gate.shut();
        return gate.awaitIdle(deadline);
    }

    private void enter() {
        set.provider().enter();
        if (!gate.tryEnter()) {
            throw set.life().closed();
        }
        if (closed) {
            gate.leave();
            throw new IllegalStateException(
                    String.format(Locale.ROOT, "device \"%s\" is closed: expected an open device", name));
        }
    }
}
