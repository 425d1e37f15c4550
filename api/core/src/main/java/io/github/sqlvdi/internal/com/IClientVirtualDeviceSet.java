package io.github.sqlvdi.internal.com;

/**
 * The client side of a device set, in the version of SQL Server 7.0 (VDI reference 3.5). Any thread; SignalAbort at any
 * time. Names are NUL-terminated UTF-16.
 *
 * <p>Pointers are addresses; 0 is NULL. Results are raw HRESULTs, S_OK (0) unless stated otherwise. The methods are in
 * the order of the slots.
 */
public interface IClientVirtualDeviceSet {
    /**
     * Creates a set of the default instance (VDI reference 3.5.2).
     *
     * @param pCfg a {@code VDConfig} with the request of the client
     * @return as {@link IClientVirtualDeviceSet2#createEx}
     */
    int create(long lpName, long pCfg);

    /**
     * Waits for the server to fix the configuration (VDI reference 3.5.3); may be repeated.
     *
     * @param dwTimeOut milliseconds, unsigned; 0 polls, -1 is INFINITE
     * @param pCfg gets all 11 fields of a {@code VDConfig}
     * @return also VD_E_TIMEOUT, VD_E_ABORT, VD_E_PROTOCOL
     */
    int getConfiguration(int dwTimeOut, long pCfg);

    /**
     * Opens a device by its name (VDI reference 3.5.4).
     *
     * @param ppVirtualDevice gets an {@link IClientVirtualDevice} pointer with a reference, NULL on failure
     * @return also VD_E_ABORT, VD_E_OPEN (all are open), VD_E_PROTOCOL, VD_E_INVALID (no such name)
     */
    int openDevice(long lpName, long ppVirtualDevice);

    /**
     * Ends the use of the set by this process: buffers are unmapped and devices become invalid (VDI reference 3.5.5).
     *
     * @return also VD_E_PROTOCOL (not open), VD_E_OPEN (devices were open: the set was aborted, and closed
     *     nevertheless)
     */
    int close();

    /**
     * Aborts the set for all processes (VDI reference 3.5.6, 11.2).
     *
     * @return also VD_E_PROTOCOL (no set)
     */
    int signalAbort();

    /**
     * Joins the primary's set of the default instance (VDI reference 3.5.7).
     *
     * @return also VD_E_PROTOCOL, VD_E_ABORT
     */
    int openInSecondary(long lpSetName);

    /**
     * Gives a number by which other processes of the set find a buffer (VDI reference 3.5.8).
     *
     * @param pBuffer exactly the {@code buffer} of a Read or Write
     * @param pBufferHandle gets the number, 4 bytes
     * @return also VD_E_PROTOCOL, VD_E_INVALID (no buffer)
     */
    int getBufferHandle(long pBuffer, long pBufferHandle);

    /**
     * Gives the address in this process of a buffer whose number another process got (VDI reference 3.5.9).
     *
     * @param ppBuffer gets the address, valid until {@link #close}
     * @return also VD_E_PROTOCOL, VD_E_INVALID (no such number)
     */
    int mapBufferHandle(int dwBuffer, long ppBuffer);
}
