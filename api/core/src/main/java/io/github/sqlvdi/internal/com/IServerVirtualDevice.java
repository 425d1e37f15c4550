package io.github.sqlvdi.internal.com;

/**
 * The server side of one device (VDI reference 3.9).
 *
 * <p>Pointers are addresses; 0 is NULL. Results are raw HRESULTs, S_OK (0) unless stated otherwise. The methods are in
 * the order of the slots.
 */
public interface IServerVirtualDevice {
    /**
     * Queues a command (VDI reference 3.9.1). Whatever the result is, the completion routine is called exactly once, on
     * the completion agent's thread or on the calling thread.
     *
     * @param pCmd a {@code VDS_Command} that stays valid until then
     * @return also VD_E_QUEUE_FULL, VD_E_IO_ERROR, VD_E_PROTOCOL, VD_E_ABORT
     */
    int sendCommand(long pCmd);

    /**
     * Ends the device in order: the client gets VD_E_CLOSE after the commands already sent (VDI reference 3.9.2).
     *
     * @return also VD_E_CLOSE (closed before), VD_E_ABORT, VD_E_PROTOCOL
     */
    int closeDevice();
}
