package io.github.sqlvdi.internal.com;

/**
 * The server side of a device set, with instances (VDI reference 3.7). It does not extend set 1; its slots are its own.
 * Any thread.
 *
 * <p>Pointers are addresses; 0 is NULL. Results are raw HRESULTs, S_OK (0) unless stated otherwise. The methods are in
 * the order of the slots.
 */
public interface IServerVirtualDeviceSet2 {
    /**
     * Opens the set that a client created (VDI reference 3.7.1).
     *
     * @param lpInstanceName NULL is the default instance
     * @return also VD_E_INVALID (no such set), VD_E_PROTOCOL
     */
    int open(long lpInstanceName, long lpSetName);

    /**
     * Gives the request of the client (VDI reference 3.7.2).
     *
     * @param pCfg gets all 11 fields of a {@code VDConfig}
     */
    int getConfiguration(long pCfg);

    /**
     * Fixes the values of the set, in the order of the header (VDI reference 3.7.3, 15.1).
     *
     * @param dwFeatures the client's, with WriteMedia or ReadMedia
     * @param dwBlockSize bytes, a power of two from 512 to 65536
     * @param dwAlignment bytes, a power of two from the block size to 65536; 0 is the block size
     * @param dwMaxTransferSize bytes, a multiple of 65536
     * @param dwTimeout milliseconds for the client to declare areas of its own
     * @return also VD_E_ABORT, VD_E_PROTOCOL, VD_E_INVALID
     */
    int beginConfiguration(int dwFeatures, int dwBlockSize, int dwAlignment, int dwMaxTransferSize, int dwTimeout);

    /**
     * Creates the requested area and releases the clients that wait for the configuration (VDI reference 3.7.6).
     *
     * @return also VD_E_ABORT, VD_E_PROTOCOL, VD_E_MEMORY (may be repeated with less)
     */
    int endConfiguration();

    /**
     * Requests room for buffers. Until EndConfiguration the requests are summed up; afterwards each one creates an area
     * at once (VDI reference 3.7.4).
     *
     * @param dwSize bytes of each without the prefix zone, unsigned
     * @param dwAlignment a power of two, or 0 for that of the set
     * @return also VD_E_ABORT, VD_E_PROTOCOL, VD_E_MEMORY
     */
    int requestBuffers(int dwSize, int dwAlignment, int dwCount);

    /**
     * Counts the buffers of a shape that can still be allocated (VDI reference 3.7.5).
     *
     * @param pCount gets the number, 4 bytes
     * @return also VD_E_PROTOCOL
     */
    int queryAvailableBuffers(int dwSize, int dwAlignment, long pCount);

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
