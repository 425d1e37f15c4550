package io.github.sqlvdi.internal.platform.windows;

import io.github.sqlvdi.internal.com.ServerVirtualDeviceCalls;

/** A server device whose callers join the apartment first; the failure to do so is the call's result. */
final class ApartmentServerDevice extends ServerVirtualDeviceCalls {

    private final Apartment apartment;

    ApartmentServerDevice(Apartment apartment, long pointer) {
        super(pointer);
        this.apartment = apartment;
    }

    @Override
    public int sendCommand(long pCmd) {
        int joined = apartment.join();
        return joined < 0 ? joined : super.sendCommand(pCmd);
    }

    @Override
    public int closeDevice() {
        int joined = apartment.join();
        return joined < 0 ? joined : super.closeDevice();
    }
}
