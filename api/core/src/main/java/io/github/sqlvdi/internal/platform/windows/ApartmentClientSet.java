package io.github.sqlvdi.internal.platform.windows;

import io.github.sqlvdi.internal.com.ClientVirtualDeviceSet2Calls;

/** A client set whose callers join the apartment first; the failure to do so is the call's result. */
final class ApartmentClientSet extends ClientVirtualDeviceSet2Calls {

    private final Apartment apartment;

    ApartmentClientSet(Apartment apartment, long pointer) {
        super(pointer);
        this.apartment = apartment;
    }

    @Override
    public int create(long lpName, long pCfg) {
        int joined = apartment.join();
        return joined < 0 ? joined : super.create(lpName, pCfg);
    }

    @Override
    public int getConfiguration(int dwTimeOut, long pCfg) {
        int joined = apartment.join();
        return joined < 0 ? joined : super.getConfiguration(dwTimeOut, pCfg);
    }

    @Override
    public int openDevice(long lpName, long ppVirtualDevice) {
        int joined = apartment.join();
        return joined < 0 ? joined : super.openDevice(lpName, ppVirtualDevice);
    }

    @Override
    public int close() {
        int joined = apartment.join();
        return joined < 0 ? joined : super.close();
    }

    @Override
    public int signalAbort() {
        int joined = apartment.join();
        return joined < 0 ? joined : super.signalAbort();
    }

    @Override
    public int openInSecondary(long lpSetName) {
        int joined = apartment.join();
        return joined < 0 ? joined : super.openInSecondary(lpSetName);
    }

    @Override
    public int getBufferHandle(long pBuffer, long pBufferHandle) {
        int joined = apartment.join();
        return joined < 0 ? joined : super.getBufferHandle(pBuffer, pBufferHandle);
    }

    @Override
    public int mapBufferHandle(int dwBuffer, long ppBuffer) {
        int joined = apartment.join();
        return joined < 0 ? joined : super.mapBufferHandle(dwBuffer, ppBuffer);
    }

    @Override
    public int createEx(long lpInstanceName, long lpName, long pCfg) {
        int joined = apartment.join();
        return joined < 0 ? joined : super.createEx(lpInstanceName, lpName, pCfg);
    }

    @Override
    public int openInSecondaryEx(long lpInstanceName, long lpSetName) {
        int joined = apartment.join();
        return joined < 0 ? joined : super.openInSecondaryEx(lpInstanceName, lpSetName);
    }
}
