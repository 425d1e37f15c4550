package io.github.sqlvdi.internal.com;

/**
 * The client side of one device (VDI reference 3.6). One thread at a time may call GetCommand; any thread may call
 * CompleteCommand.
 *
 * <p>Pointers are addresses; 0 is NULL. Results are raw HRESULTs, S_OK (0) unless stated otherwise. The methods are in
 * the order of the slots.
 */
public interface IClientVirtualDevice {
    /**
     * Waits for the next command (VDI reference 3.6.1); a client may hold several commands at once.
     *
     * @param dwTimeOut milliseconds, unsigned; 0 polls, -1 is INFINITE
     * @param ppCmd gets the address of a {@code VDC_Command}, owned by the callee and valid until it is completed
     * @return also VD_E_TIMEOUT, VD_E_CLOSE (normal end), VD_E_ABORT, VD_E_PROTOCOL
     */
    int getCommand(int dwTimeOut, long ppCmd);

    /**
     * Completes a command (VDI reference 3.6.2); the pointer is invalid afterwards.
     *
     * @param dwCompletionCode a Win32 error number, 0 is success; not an HRESULT
     * @param dwBytesTransferred for Read and Write, unsigned; else 0
     * @param dwlPosition for GetPosition and SetPosition, unsigned; else 0
     * @return also VD_E_INVALID (no active command), VD_E_ABORT (ignored), VD_E_PROTOCOL
     */
    int completeCommand(long pCmd, int dwCompletionCode, int dwBytesTransferred, long dwlPosition);
}
