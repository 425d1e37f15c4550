package io.github.sqlvdi.conformance;

import java.util.List;

/**
 * What both server interfaces have in common, driven by values: one server set object, the devices it gave and the
 * callbacks it received. Pointers are addresses of the process the half lives in. Any thread may call.
 */
interface ServerHalf {

    /** The address of the set object. */
    long pointer();

    Reply.OfConfig getConfiguration(Out out);

    /** Calls ExecuteCompletionAgent on a thread of its own; {@link #agentResult} gives its result. */
    void startAgent();

    /** Waits, at most {@link Bounded#SECONDS}, until the agent started last has returned. */
    int agentResult();

    Reply openDevice(String name, Out out);

    Reply allocateBuffer(int size, int alignment, Out out);

    int freeBuffer(long buffer, int size);

    int isSharedBuffer(long address);

    int signalAbort();

    int close();

    int sendCommand(long device, Sending sending);

    /** SendCommand with a NULL command. */
    int sendNull(long device);

    int closeDevice(long device);

    /** Waits, at most {@link Bounded#SECONDS}, for the callback of that tag and gives it. */
    Completion awaitCompletion(long tag);

    /** Every callback until now, in the order they came. */
    List<Completion> completions();

    byte[] read(long address, int length);

    void write(long address, byte[] bytes);

    /** Ends the set if need be, releases every device and the set object, waits for the agent. To be called once. */
    void release();

    default Reply.OfConfig getConfiguration() {
        return getConfiguration(Out.VALID);
    }

    default Reply openDevice(String name) {
        return openDevice(name, Out.VALID);
    }

    default Reply allocateBuffer(int size, int alignment) {
        return allocateBuffer(size, alignment, Out.VALID);
    }
}
