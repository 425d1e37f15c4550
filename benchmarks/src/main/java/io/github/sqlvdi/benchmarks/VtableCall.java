package io.github.sqlvdi.benchmarks;

import com.sun.jna.Function;
import com.sun.jna.Pointer;
import io.github.sqlvdi.benchmarks.baseline.JnaDirect;
import io.github.sqlvdi.benchmarks.baseline.JniBaseline;
import io.github.sqlvdi.benchmarks.baseline.NativeFiles;
import io.github.sqlvdi.bindings.IClientVirtualDevice;
import io.github.sqlvdi.bindings.IClientVirtualDeviceVtbl;
import io.github.sqlvdi.bindings.IClientVirtualDevice_CompleteCommand;
import io.github.sqlvdi.bindings.VDC_Command;
import io.github.sqlvdi.bindings.Vdi;
import io.github.sqlvdi.internal.com.ClientVirtualDeviceCalls;
import io.github.sqlvdi.internal.com.ComObjects;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Measures one call of the shape of {@code CompleteCommand} through a vtable into C that stores two values: the
 * library's call class against jextract's {@code invoke}, JNI, JNA and a loop in C. Also measures the same call into a
 * COM object made by the library, which is a downcall and an upcall.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 10, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 3, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
public class VtableCall {

    private static final int BYTES = 65_536;
    private static final int LOOP = 10_000;

    private final MemorySegment command = VDC_Command.allocate(Arena.ofAuto());
    private final StoringDevice javaDevice = new StoringDevice();
    private MemorySegment device;
    private long address;
    private ClientVirtualDeviceCalls calls;
    private ClientVirtualDeviceCalls javaCalls;
    private Function function;
    private Pointer devicePointer;
    private Pointer commandPointer;
    private long position;

    /** Makes the two devices, one in C and one in Java. */
    @Setup
    public void open() throws Throwable {
        JniBaseline.load();
        device = (MemorySegment) CLoop.DEVICE.invokeExact();
        address = device.address();
        calls = new ClientVirtualDeviceCalls(address);
        javaCalls = new ClientVirtualDeviceCalls(ComObjects.export(javaDevice, () -> {
        }));
        devicePointer = new Pointer(address);
        commandPointer = new Pointer(command.address());
        function = Function.getFunction(new Pointer(
                IClientVirtualDeviceVtbl.CompleteCommand(IClientVirtualDevice.lpVtbl(device)).address()));
    }

    /** Releases the Java device. */
    @TearDown
    public void close() {
        javaCalls.release();
    }

    /** The library's call class. */
    @Benchmark
    public int sqlvdi() {
        return calls.completeCommand(command.address(), 0, BYTES, position++);
    }

    /** The code that jextract generates, called as in its samples. */
    @Benchmark
    public int jextract() {
        MemorySegment slot = IClientVirtualDeviceVtbl.CompleteCommand(IClientVirtualDevice.lpVtbl(device));
        return IClientVirtualDevice_CompleteCommand.invoke(slot, device, command, 0, BYTES, position++);
    }

    /** A hand-written native method. */
    @Benchmark
    public int jni() {
        return JniBaseline.completeCommand(address, command.address(), 0, BYTES, position++);
    }

    /** JNA, direct mapping. */
    @Benchmark
    public int jnaDirect() {
        return JnaDirect.sqlvdi_complete(address, command.address(), 0, BYTES, position++);
    }

    /** JNA's way to call a slot: a function object, here kept from call to call. */
    @Benchmark
    public int jnaFunction() {
        return function.invokeInt(new Object[]{devicePointer, commandPointer, 0, BYTES, position++});
    }

    /** The limit: C calls C through the vtable. */
    @Benchmark
    @OperationsPerInvocation(LOOP)
    public int cLoop() throws Throwable {
        return (int) CLoop.COMPLETE_MANY.invokeExact(device, LOOP);
    }

    /** Into a COM object of the library: a downcall and an upcall, as with the embedded VDI. */
    @Benchmark
    public int upcall() {
        return javaCalls.completeCommand(command.address(), 0, BYTES, position++);
    }

    /** The C functions that only this benchmark calls. */
    private static final class CLoop {
        static final MethodHandle DEVICE = handle("sqlvdi_storing_device",
                FunctionDescriptor.of(Vdi.C_POINTER));
        static final MethodHandle COMPLETE_MANY = handle("sqlvdi_complete_many",
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));

        @SuppressWarnings("restricted")
        private static MethodHandle handle(String name, FunctionDescriptor descriptor) {
            SymbolLookup library = SymbolLookup.libraryLookup(NativeFiles.library(), Arena.global());
            return Linker.nativeLinker().downcallHandle(library.find(name).orElseThrow(), descriptor);
        }
    }

    /** The same device in Java. */
    private static final class StoringDevice implements io.github.sqlvdi.internal.com.IClientVirtualDevice {
        private int bytesTransferred;
        private long position;

        @Override
        public int getCommand(int dwTimeOut, long ppCmd) {
            return bytesTransferred;
        }

        @Override
        public int completeCommand(long pCmd, int dwCompletionCode, int dwBytesTransferred, long dwlPosition) {
            bytesTransferred = dwBytesTransferred;
            position = dwlPosition;
            return position < 0 ? 1 : dwCompletionCode;
        }
    }
}
