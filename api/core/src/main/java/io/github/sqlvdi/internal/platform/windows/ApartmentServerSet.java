package io.github.sqlvdi.internal.platform.windows;

import io.github.sqlvdi.internal.com.ServerVirtualDeviceSet2Calls;

/** A server set whose callers join the apartment first; the failure to do so is the call's result. */
final class ApartmentServerSet extends ServerVirtualDeviceSet2Calls {

    private final Apartment apartment;

    ApartmentServerSet(Apartment apartment, long pointer) {
        super(pointer);
        this.apartment = apartment;
    }

    @Override
    public int open(long lpInstanceName, long lpSetName) {
        int joined = apartment.join();
        return joined < 0 ? joined : super.open(lpInstanceName, lpSetName);
    }

    @Override
    public int getConfiguration(long pCfg) {
        int joined = apartment.join();
        return joined < 0 ? joined : super.getConfiguration(pCfg);
    }

    @Override
    public int beginConfiguration(int dwFeatures, int dwBlockSize, int dwAlignment, int dwMaxTransferSize,
            int dwTimeout) {
        int joined = apartment.join();
        return joined < 0 ? joined
                : super.beginConfiguration(dwFeatures, dwBlockSize, dwAlignment, dwMaxTransferSize, dwTimeout);
    }

    @Override
    public int endConfiguration() {
        int joined = apartment.join();
        return joined < 0 ? joined : super.endConfiguration();
    }

    @Override
    public int requestBuffers(int dwSize, int dwAlignment, int dwCount) {
        int joined = apartment.join();
        return joined < 0 ? joined : super.requestBuffers(dwSize, dwAlignment, dwCount);
    }

    @Override
    public int queryAvailableBuffers(int dwSize, int dwAlignment, long pCount) {
        int joined = apartment.join();
        return joined < 0 ? joined : super.queryAvailableBuffers(dwSize, dwAlignment, pCount);
    }

    @Override
    public int executeCompletionAgent() {
        int joined = apartment.join();
        return joined < 0 ? joined : super.executeCompletionAgent();
    }

    @Override
    public int openDevice(long lpName, long ppVirtualDevice) {
        int joined = apartment.join();
        return joined < 0 ? joined : super.openDevice(lpName, ppVirtualDevice);
    }

    @Override
    public int allocateBuffer(long ppBuffer, int dwSize, int dwAlignment) {
        int joined = apartment.join();
        return joined < 0 ? joined : super.allocateBuffer(ppBuffer, dwSize, dwAlignment);
    }

    @Override
    public int freeBuffer(long pBuffer, int dwSize) {
        int joined = apartment.join();
        return joined < 0 ? joined : super.freeBuffer(pBuffer, dwSize);
    }

    @Override
    public int isSharedBuffer(long pBuffer) {
        int joined = apartment.join();
        return joined < 0 ? joined : super.isSharedBuffer(pBuffer);
    }

    @Override
    public int signalAbort() {
        int joined = apartment.join();
        return joined < 0 ? joined : super.signalAbort();
    }

    @Override
    public int close() {
        int joined = apartment.join();
        return joined < 0 ? joined : super.close();
    }
}
