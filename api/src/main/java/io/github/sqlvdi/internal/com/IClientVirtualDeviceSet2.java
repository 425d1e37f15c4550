package io.github.sqlvdi.internal.com;

/**
 * IClientVirtualDeviceSet2: the client side of a device set, with instances (VDI reference 3.5), slot by slot. Pointers are addresses, 0 is NULL; every method returns the raw
 * HRESULT. Implemented by the classes that call a vtable, by the embedded engine, and by whatever else provides VDI.
 */
public interface IClientVirtualDeviceSet2 extends IClientVirtualDeviceSet {
    /** Creates a set of an instance. */
    int createEx(long lpInstanceName, long lpName, long pCfg);

    /** Joins a set of an instance. */
    int openInSecondaryEx(long lpInstanceName, long lpSetName);
}
