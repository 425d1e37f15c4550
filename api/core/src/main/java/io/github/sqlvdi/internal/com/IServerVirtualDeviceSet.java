package io.github.sqlvdi.internal.com;

/**
 * The server side of a device set, in the version of SQL Server 7.0 (VDI reference 3.8). Any thread.
 *
 * <p>Pointers are addresses; 0 is NULL. Results are raw HRESULTs, S_OK (0) unless stated otherwise. The methods are in
 * the order of the slots.
 */
public interface IServerVirtualDeviceSet {
    /**
     * Opens the set that a client created for the default instance (VDI reference 3.7.1).
     *
     * @return also VD_E_INVALID (no such set), VD_E_PROTOCOL
     */
    int open(long lpName);

    /**
     * Gives the request of the client (VDI reference 3.7.2).
     *
     * @param pCfg gets all 11 fields of a {@code VDConfig}
     */
    int getConfiguration(long pCfg);

    /**
     * Fixes the configuration and its one buffer area in one step (VDI reference 3.8).
     *
     * @param pCfg the final {@code VDConfig}
     */
    int setConfiguration(long pCfg);

    /** Runs the completion agent on this thread until Close, SignalAbort or the peer's death (VDI reference 3.7.7). */
    int executeCompletionAgent();

    /**
     * Opens the next device and gives it its name (VDI reference 3.7.8).
     *
     * @param ppVirtualDevice gets an {@link IServerVirtualDevice} pointer with a reference
     * @return also VD_E_OPEN (all are open), VD_E_PROTOCOL, VD_E_ABORT
     */
    int openDevice(long lpName, long ppVirtualDevice);

    /**
     * Allocates a buffer in an area (VDI reference 3.7.9).
     *
     * @param ppBuffer gets the address of the data zone, valid until {@link #freeBuffer} or {@link #close}
     * @param dwSize bytes without the prefix zone, unsigned
     * @param dwAlignment a power of two, or 0 for that of the set
     * @return also VD_E_MEMORY, VD_E_INVALID, VD_E_PROTOCOL, VD_E_ABORT
     */
    int allocateBuffer(long ppBuffer, int dwSize, int dwAlignment);

    /**
     * Gives a buffer back (VDI reference 3.7.10).
     *
     * @param dwSize the size with which it was allocated
     * @return also VD_E_INVALID
     */
    int freeBuffer(long pBuffer, int dwSize);

    /**
     * Whether an address lies in an allocated buffer (VDI reference 3.7.11).
     *
     * @return 1 when it does, else 0; not an HRESULT
     */
    int isSharedBuffer(long pBuffer);

    /**
     * Aborts the set for all processes (VDI reference 3.7.12, 11.2).
     *
     * @return also VD_E_PROTOCOL
     */
    int signalAbort();

    /**
     * Ends the set and unmaps its buffers (VDI reference 3.7.13).
     *
     * @return also VD_E_PROTOCOL (devices were open: the set was aborted, and closed nevertheless)
     */
    int close();
}
