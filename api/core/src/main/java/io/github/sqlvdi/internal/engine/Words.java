package io.github.sqlvdi.internal.engine;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/**
 * Access to the words of a shared region. Plain reads and writes are for content that a later release publishes or an
 * earlier acquire covers; everything another process may change meanwhile is read once into a local variable.
 */
final class Words {
    private static final VarHandle INT = ValueLayout.JAVA_INT.varHandle().withInvokeExactBehavior();
    private static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle().withInvokeExactBehavior();

    private Words() {}

    static int getInt(MemorySegment memory, long offset) {
        return (int) INT.get(memory, offset);
    }

    static void setInt(MemorySegment memory, long offset, int value) {
        INT.set(memory, offset, value);
    }

    static int volatileInt(MemorySegment memory, long offset) {
        return (int) INT.getVolatile(memory, offset);
    }

    static void volatileInt(MemorySegment memory, long offset, int value) {
        INT.setVolatile(memory, offset, value);
    }

    static boolean casInt(MemorySegment memory, long offset, int expected, int value) {
        return INT.compareAndSet(memory, offset, expected, value);
    }

    static int swapInt(MemorySegment memory, long offset, int value) {
        return (int) INT.getAndSet(memory, offset, value);
    }

    static void addInt(MemorySegment memory, long offset, int delta) {
        int ignored = (int) INT.getAndAdd(memory, offset, delta);
    }

    static long getLong(MemorySegment memory, long offset) {
        return (long) LONG.get(memory, offset);
    }

    static void setLong(MemorySegment memory, long offset, long value) {
        LONG.set(memory, offset, value);
    }

    static void releaseLong(MemorySegment memory, long offset, long value) {
        LONG.setRelease(memory, offset, value);
    }

    static long volatileLong(MemorySegment memory, long offset) {
        return (long) LONG.getVolatile(memory, offset);
    }

    static void volatileLong(MemorySegment memory, long offset, long value) {
        LONG.setVolatile(memory, offset, value);
    }

    /** Stores a word again if it was damaged; an undamaged one is only read, so that its cache line stays shared. */
    static void mend(MemorySegment memory, long offset, long value) {
        if (volatileLong(memory, offset) != value) {
            volatileLong(memory, offset, value);
        }
    }

    static boolean casLong(MemorySegment memory, long offset, long expected, long value) {
        return LONG.compareAndSet(memory, offset, expected, value);
    }

    static long swapLong(MemorySegment memory, long offset, long value) {
        return (long) LONG.getAndSet(memory, offset, value);
    }

    static void orLong(MemorySegment memory, long offset, long bits) {
        long ignored = (long) LONG.getAndBitwiseOr(memory, offset, bits);
    }
}
