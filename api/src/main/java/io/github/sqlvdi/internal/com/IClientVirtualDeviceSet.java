package io.github.sqlvdi.internal.com;

/**
 * IClientVirtualDeviceSet: the client side of a device set, as SQL Server 7.0 had it (VDI reference 3.5), slot by slot. Pointers are addresses, 0 is NULL; every method returns the raw
 * HRESULT. Implemented by the classes that call a vtable, by the embedded engine, and by whatever else provides VDI.
 */
public interface IClientVirtualDeviceSet {
    /** Creates the set of the default instance. */
    int create(long lpName, long pCfg);

    /** Waits for the final configuration. */
    int getConfiguration(int dwTimeOut, long pCfg);

    /** Opens a device by its name. */
    int openDevice(long lpName, long ppVirtualDevice);

    /** Ends the use of the set by this process. */
    int close();

    /** Aborts the set for everybody. */
    int signalAbort();

    /** Joins a set of the default instance. */
    int openInSecondary(long lpSetName);

    /** Names a buffer for other processes. */
    int getBufferHandle(long pBuffer, long pBufferHandle);

    /** Finds the buffer another process named. */
    int mapBufferHandle(int dwBuffer, long ppBuffer);
}
