package io.github.sqlvdi.internal.provider;

import io.github.sqlvdi.internal.com.ClientVirtualDeviceCalls;
import io.github.sqlvdi.internal.com.ClientVirtualDeviceSet2Calls;
import io.github.sqlvdi.internal.com.IClientVirtualDevice;
import io.github.sqlvdi.internal.com.IClientVirtualDeviceSet2;
import io.github.sqlvdi.internal.com.IServerVirtualDevice;
import io.github.sqlvdi.internal.com.IServerVirtualDeviceSet2;
import io.github.sqlvdi.internal.com.ServerVirtualDeviceCalls;
import io.github.sqlvdi.internal.com.ServerVirtualDeviceSet2Calls;
import io.github.sqlvdi.internal.com.UnknownCalls;

/** A provider whose objects are COM pointers: all calls go through vtables, and {@code release} is {@code Release}. */
public abstract class ComProvider implements Provider {

    /** For subclasses. */
    protected ComProvider() {
    }

    /**
     * Makes the client's COM object.
     *
     * @return an {@code IClientVirtualDeviceSet2*} with one reference
     */
    protected abstract long createClientSet();

    /**
     * Makes the server's COM object.
     *
     * @return an {@code IServerVirtualDeviceSet2*} with one reference
     */
    protected abstract long createServerSet();

    @Override
    public IClientVirtualDeviceSet2 newClientSet() {
        return new ClientVirtualDeviceSet2Calls(createClientSet());
    }

    @Override
    public IClientVirtualDevice device(long pointer) {
        return new ClientVirtualDeviceCalls(pointer);
    }

    @Override
    public IServerVirtualDeviceSet2 newServerSet() {
        return new ServerVirtualDeviceSet2Calls(createServerSet());
    }

    @Override
    public IServerVirtualDevice serverDevice(long pointer) {
        return new ServerVirtualDeviceCalls(pointer);
    }

    @Override
    public final void release(IClientVirtualDeviceSet2 set) {
        release((UnknownCalls) set);
    }

    @Override
    public final void release(IClientVirtualDevice device) {
        release((UnknownCalls) device);
    }

    @Override
    public final void release(IServerVirtualDeviceSet2 set) {
        release((UnknownCalls) set);
    }

    @Override
    public final void release(IServerVirtualDevice device) {
        release((UnknownCalls) device);
    }

    private static void release(UnknownCalls object) {
        object.release();
    }
}
