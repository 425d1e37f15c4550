package io.github.sqlvdi.internal.com;

/**
 * IClientVirtualDevice: the client side of one device (VDI reference 3.6), slot by slot. Pointers are addresses, 0 is NULL; every method returns the raw
 * HRESULT. Implemented by the classes that call a vtable, by the embedded engine, and by whatever else provides VDI.
 */
public interface IClientVirtualDevice {
    /** Waits for the next command. */
    int getCommand(int dwTimeOut, long ppCmd);

    /** Completes a command. */
    int completeCommand(long pCmd, int dwCompletionCode, int dwBytesTransferred, long dwlPosition);
}
