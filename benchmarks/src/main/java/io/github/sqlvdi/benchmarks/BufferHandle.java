package io.github.sqlvdi.benchmarks;

import io.github.sqlvdi.CommandCode;
import io.github.sqlvdi.VdiProvider;
import io.github.sqlvdi.client.Command;
import io.github.sqlvdi.client.CommandResult;
import io.github.sqlvdi.client.VirtualDeviceSet;
import io.github.sqlvdi.internal.com.ClientVirtualDeviceCalls;
import io.github.sqlvdi.internal.com.ComObjects;
import io.github.sqlvdi.internal.com.IClientVirtualDevice;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Measures the cost of passing a buffer to another process of a set: GetBufferHandle of an active command's buffer, and
 * MapBufferHandle of a handle that was mapped before. The baseline is a call into a COM object that does nothing.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 10, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 3, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
public class BufferHandle {

    private static final int SIZE = 65_536;
    private static final Duration LIMIT = Duration.ofSeconds(10);

    /** The VDI implementation; NATIVE needs a machine with SQL Server. */
    @Param("EMBEDDED")
    public VdiProvider provider;

    private EndlessSet set;
    private VirtualDeviceSet secondary;
    private Command command;
    private int handle;
    private ClientVirtualDeviceCalls nothing;

    /** Opens a set, a secondary of it, and holds one command. */
    @Setup(Level.Trial)
    public void open() {
        set = new EndlessSet(provider, 1, 1, CommandCode.WRITE, SIZE, Placement.APART, sent -> true);
        if (set.device(0).getCommand(LIMIT) != CommandResult.COMMAND) {
            throw new IllegalStateException("no command within " + LIMIT);
        }
        command = set.device(0).command();
        handle = set.client().bufferHandle(command);
        secondary = VirtualDeviceSet.builder(set.client().name()).provider(provider).openInSecondary();
        nothing = new ClientVirtualDeviceCalls(ComObjects.export(new Nothing(), () -> {
        }));
    }

    /** Completes the command and ends both sets. */
    @TearDown(Level.Trial)
    public void close() {
        nothing.release();
        secondary.close();
        command.complete();
        set.close();
    }

    /** The baseline: a downcall and an upcall. */
    @Benchmark
    public int emptyCall() {
        return nothing.getCommand(0, 0);
    }

    /** GetBufferHandle, in the process that holds the command. */
    @Benchmark
    public int getBufferHandle() {
        return set.client().bufferHandle(command);
    }

    /** MapBufferHandle, in the secondary. */
    @Benchmark
    public MemorySegment mapBufferHandle() {
        return secondary.mapBuffer(handle, SIZE);
    }

    /** Does nothing. */
    private static final class Nothing implements IClientVirtualDevice {
        @Override
        public int getCommand(int dwTimeOut, long ppCmd) {
            return 0;
        }

        @Override
        public int completeCommand(long pCmd, int dwCompletionCode, int dwBytesTransferred, long dwlPosition) {
            return 0;
        }
    }
}
