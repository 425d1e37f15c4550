package io.github.sqlvdi.internal.com;

/**
 * The client side of one device (VDI reference 3.6). GetCommand is for one thread at a time, CompleteCommand for any.
 *
 * <p>Pointers are addresses, 0 is NULL; results are raw HRESULTs, S_OK (0) unless said otherwise. Slot by slot.
 */
public interface IClientVirtualDevice {
    /**
     * Waits for the next command (VDI reference 3.6.1); several may be held at once.
     *
     * @param dwTimeOut milliseconds, unsigned; 0 polls, -1 is INFINITE
     * @param ppCmd gets the address of a {@code VDC_Command}, owned by the callee and valid until it is completed
     * @return also VD_E_TIMEOUT, VD_E_CLOSE (normal end), VD_E_ABORT, VD_E_PROTOCOL
     */
    int getCommand(int dwTimeOut, long ppCmd);

    /**
     * Completes a command (VDI reference 3.6.2); the pointer is dead afterwards.
     *
     * @param dwCompletionCode a Win32 error number, 0 is success; not an HRESULT
     * @param dwBytesTransferred for Read and Write, unsigned; else 0
     * @param dwlPosition for GetPosition and SetPosition, unsigned; else 0
     * @return also VD_E_INVALID (no active command), VD_E_ABORT (ignored), VD_E_PROTOCOL
     */
    int completeCommand(long pCmd, int dwCompletionCode, int dwBytesTransferred, long dwlPosition);
}
