package io.github.sqlvdi.internal.engine;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/**
 * Access to the words of a shared region. The name of a method says how the access is ordered. Use plain reads and writes
 * only for content that a later release publishes or an earlier acquire covers. Another process may change any word at any
 * time: read a word once into a local variable, then check the variable.
 */
final class Atomics {
    private static final VarHandle INT = ValueLayout.JAVA_INT.varHandle().withInvokeExactBehavior();
    private static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle().withInvokeExactBehavior();

    private Atomics() {}

    static int getInt(MemorySegment memory, long offset) {
        return (int) INT.get(memory, offset);
    }

    static void setInt(MemorySegment memory, long offset, int value) {
        INT.set(memory, offset, value);
    }

    static int getIntVolatile(MemorySegment memory, long offset) {
        return (int) INT.getVolatile(memory, offset);
    }

    static void setIntVolatile(MemorySegment memory, long offset, int value) {
        INT.setVolatile(memory, offset, value);
    }

    static boolean compareAndSetInt(MemorySegment memory, long offset, int expected, int value) {
        return INT.compareAndSet(memory, offset, expected, value);
    }

    /** {@return the new value} */
    static int orInt(MemorySegment memory, long offset, int bits) {
        return (int) INT.getAndBitwiseOr(memory, offset, bits) | bits;
    }

    static long getLong(MemorySegment memory, long offset) {
        return (long) LONG.get(memory, offset);
    }

    static void setLong(MemorySegment memory, long offset, long value) {
        LONG.set(memory, offset, value);
    }

    static void setLongRelease(MemorySegment memory, long offset, long value) {
        LONG.setRelease(memory, offset, value);
    }

    static long getLongVolatile(MemorySegment memory, long offset) {
        return (long) LONG.getVolatile(memory, offset);
    }

    static void setLongVolatile(MemorySegment memory, long offset, long value) {
        LONG.setVolatile(memory, offset, value);
    }

    /** Restores a word if it was damaged. An undamaged word is only read, so its cache line stays shared. */
    static void mend(MemorySegment memory, long offset, long value) {
        if (getLongVolatile(memory, offset) != value) {
            setLongVolatile(memory, offset, value);
        }
    }

    static boolean compareAndSetLong(MemorySegment memory, long offset, long expected, long value) {
        return LONG.compareAndSet(memory, offset, expected, value);
    }

    static long getAndSetLong(MemorySegment memory, long offset, long value) {
        return (long) LONG.getAndSet(memory, offset, value);
    }

    static void orLong(MemorySegment memory, long offset, long bits) {
        long ignored = (long) LONG.getAndBitwiseOr(memory, offset, bits);
    }
}
