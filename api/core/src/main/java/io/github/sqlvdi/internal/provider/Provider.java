package io.github.sqlvdi.internal.provider;

import io.github.sqlvdi.VdiException;
import io.github.sqlvdi.internal.com.IClientVirtualDevice;
import io.github.sqlvdi.internal.com.IClientVirtualDeviceSet2;
import io.github.sqlvdi.internal.com.IServerVirtualDevice;
import io.github.sqlvdi.internal.com.IServerVirtualDeviceSet2;

/**
 * One implementation of VDI. Its objects are used through the Java form of the interfaces, so an implementation behind
 * COM pointers and one behind plain functions look alike. Every object is released exactly once, by the {@code release}
 * of its kind, after the last call on it has returned. Safe for any number of threads.
 */
public interface Provider {

    /** {@return the name for messages and logs, for example {@code embedded}} */
    String name();

    /**
     * Called by both halves on the calling thread before each call on an object of this provider, except on closing. A
     * provider whose objects require something of the thread, such as a COM apartment, checks it here. Allocates
     * nothing from a thread's second call on.
     *
     * @throws VdiException if the objects must not be called from this thread; then the call is not made
     */
    default void enter() {
        // Most implementations may be called from any thread.
    }

    /**
     * Makes the client's device set object, as {@code CoCreateInstance} would.
     *
     * @return a set object without a set
     * @throws VdiException if the implementation cannot make it, with the HRESULT that says why
     */
    IClientVirtualDeviceSet2 newClientSet();

    /**
     * Gives the device behind a pointer that the client's {@code OpenDevice} of this provider gave.
     *
     * @param pointer the pointer, not 0
     * @return the device; it owns the reference that came with the pointer
     */
    IClientVirtualDevice device(long pointer);

    /**
     * Makes the server's device set object.
     *
     * @return a set object without a set
     * @throws VdiException if the implementation has no server half or cannot make it
     */
    IServerVirtualDeviceSet2 newServerSet();

    /**
     * Gives the device behind a pointer that the server's {@code OpenDevice} of this provider gave.
     *
     * @param pointer the pointer, not 0
     * @return the device; it owns the reference that came with the pointer
     */
    IServerVirtualDevice serverDevice(long pointer);

    /**
     * Releases a client's device set object.
     *
     * @param set the object that {@link #newClientSet()} returned
     */
    void release(IClientVirtualDeviceSet2 set);

    /**
     * Releases a client's device.
     *
     * @param device the object that {@link #device(long)} returned
     */
    void release(IClientVirtualDevice device);

    /**
     * Releases a server's device set object.
     *
     * @param set the object that {@link #newServerSet()} returned
     */
    void release(IServerVirtualDeviceSet2 set);

    /**
     * Releases a server's device.
     *
     * @param device the object that {@link #serverDevice(long)} returned
     */
    void release(IServerVirtualDevice device);
}
