package io.github.sqlvdi.internal.com;

/**
 * IServerVirtualDeviceSet: the server side of a device set, as SQL Server 7.0 had it (VDI reference 3.8), slot by slot. Pointers are addresses, 0 is NULL; every method returns the raw
 * HRESULT. Implemented by the classes that call a vtable, by the embedded engine, and by whatever else provides VDI.
 */
public interface IServerVirtualDeviceSet {
    /** Opens the set a client created. */
    int open(long lpName);

    /** Gives what the client asked for. */
    int getConfiguration(long pCfg);

    /** Fixes the configuration in one step. */
    int setConfiguration(long pCfg);

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
