package io.github.sqlvdi.benchmarks;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Locale;

/** The C library's {@code memcpy}: the yardstick of every copy. */
public final class Memcpy {

    private static final MethodHandle HANDLE = handle();

    private Memcpy() {
    }

    @SuppressWarnings("restricted")
    private static MethodHandle handle() {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().find("memcpy").orElseThrow(),
                FunctionDescriptor.of(ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_LONG));
    }

    /**
     * Copies from the beginning of one native segment to the beginning of another; both must stay alive meanwhile.
     *
     * @param from native, at least {@code size} bytes
     * @param to native, at least {@code size} bytes, not overlapping
     * @param size bytes
     */
    public static void copy(MemorySegment from, MemorySegment to, long size) {
        if (size > from.byteSize() || size > to.byteSize()) {
            throw new IndexOutOfBoundsException(String.format(Locale.ROOT, "size is %,d: expected at most %,d and %,d",
                    size, from.byteSize(), to.byteSize()));
        }
        try {
            long ignored = (long) HANDLE.invokeExact(to.address(), from.address(), size);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable t) {
            throw new AssertionError("a downcall threw a checked exception", t);
        }
    }
}
