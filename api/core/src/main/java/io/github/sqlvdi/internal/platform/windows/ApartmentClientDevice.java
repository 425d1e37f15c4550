package io.github.sqlvdi.internal.platform.windows;

import io.github.sqlvdi.internal.com.ClientVirtualDeviceCalls;

/** A client device whose callers join the apartment first; the failure to do so is the call's result. */
final class ApartmentClientDevice extends ClientVirtualDeviceCalls {

    private final Apartment apartment;

    ApartmentClientDevice(Apartment apartment, long pointer) {
        super(pointer);
        this.apartment = apartment;
    }

    @Override
    public int getCommand(int dwTimeOut, long ppCmd) {
        int joined = apartment.join();
        return joined < 0 ? joined : super.getCommand(dwTimeOut, ppCmd);
    }

    @Override
    public int completeCommand(long pCmd, int dwCompletionCode, int dwBytesTransferred, long dwlPosition) {
        int joined = apartment.join();
        return joined < 0 ? joined : super.completeCommand(pCmd, dwCompletionCode, dwBytesTransferred, dwlPosition);
    }
}
