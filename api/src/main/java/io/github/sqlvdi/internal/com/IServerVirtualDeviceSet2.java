package io.github.sqlvdi.internal.com;

/**
 * IServerVirtualDeviceSet2: the server side of a device set, with instances (VDI reference 3.7), slot by slot. Pointers are addresses, 0 is NULL; every method returns the raw
 * HRESULT. Implemented by the classes that call a vtable, by the embedded engine, and by whatever else provides VDI.
 */
public interface IServerVirtualDeviceSet2 {
    /** Opens the set a client created. */
    int open(long lpInstanceName, long lpSetName);

    /** Gives what the client asked for. */
    int getConfiguration(long pCfg);

    /** Fixes the values of the configuration. */
    int beginConfiguration(int dwFeatures, int dwBlockSize, int dwAlignment, int dwMaxTransferSize, int dwTimeout);

    /** Makes the buffer area and releases the clients. */
    int endConfiguration();

    /** Asks for room for buffers. */
    int requestBuffers(int dwSize, int dwAlignment, int dwCount);

    /** Counts the buffers that can still be allocated. */
    int queryAvailableBuffers(int dwSize, int dwAlignment, long pCount);

    /** Runs the completion agent on this thread. */
    int executeCompletionAgent();

    /** Opens and names the next device. */
    int openDevice(long lpName, long ppVirtualDevice);

    /** Cuts a buffer out of an area. */
    int allocateBuffer(long ppBuffer, int dwSize, int dwAlignment);

    /** Gives a buffer back. */
    int freeBuffer(long pBuffer, int dwSize);

    /** 1 for an address in an allocated buffer, else 0. */
    int isSharedBuffer(long pBuffer);

    /** Aborts the set for everybody. */
    int signalAbort();

    /** Ends the set. */
    int close();
}
