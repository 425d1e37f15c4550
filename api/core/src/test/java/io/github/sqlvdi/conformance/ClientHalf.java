package io.github.sqlvdi.conformance;

/**
 * The client half of one set, driven by values: one IClientVirtualDeviceSet2 object and the devices it gave. A null
 * string or configuration is passed as a NULL pointer. Pointers are addresses of the process the half lives in.
 * Every method but {@link #release} returns exactly what the vtable returned. Any thread may call.
 */
interface ClientHalf {

    /** The address of the set object. */
    long pointer();

    int create(String name, RawConfig config);

    int createEx(String instance, String name, RawConfig config);

    Reply.OfConfig getConfiguration(int timeout, Out out);

    Reply openDevice(String name, Out out);

    int close();

    int signalAbort();

    int openInSecondary(String name);

    int openInSecondaryEx(String instance, String name);

    Reply getBufferHandle(long buffer, Out out);

    Reply mapBufferHandle(int handle, Out out);

    Reply.OfCommand getCommand(long device, int timeout, Out out);

    int completeCommand(long device, long command, int completionCode, int bytes, long position);

    byte[] read(long address, int length);

    void write(long address, byte[] bytes);

    /** Closes what is open, releases every device and the set object. To be called once, when no call is in progress. */
    void release();

    default Reply.OfConfig getConfiguration(int timeout) {
        return getConfiguration(timeout, Out.VALID);
    }

    default Reply openDevice(String name) {
        return openDevice(name, Out.VALID);
    }

    default Reply getBufferHandle(long buffer) {
        return getBufferHandle(buffer, Out.VALID);
    }

    default Reply mapBufferHandle(int handle) {
        return mapBufferHandle(handle, Out.VALID);
    }

    default Reply.OfCommand getCommand(long device, int timeout) {
        return getCommand(device, timeout, Out.VALID);
    }
}
