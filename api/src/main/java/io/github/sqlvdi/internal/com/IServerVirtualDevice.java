package io.github.sqlvdi.internal.com;

/**
 * IServerVirtualDevice: the server side of one device (VDI reference 3.9), slot by slot. Pointers are addresses, 0 is NULL; every method returns the raw
 * HRESULT. Implemented by the classes that call a vtable, by the embedded engine, and by whatever else provides VDI.
 */
public interface IServerVirtualDevice {
    /** Queues a command. */
    int sendCommand(long pCmd);

    /** Ends the device in order. */
    int closeDevice();
}
