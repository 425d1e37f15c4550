package io.github.sqlvdi.benchmarks;

import io.github.sqlvdi.CommandCode;
import io.github.sqlvdi.VdiConfig;
import io.github.sqlvdi.VdiProvider;
import io.github.sqlvdi.client.Command;
import io.github.sqlvdi.client.CommandResult;
import io.github.sqlvdi.client.VirtualDevice;
import io.github.sqlvdi.stream.CommandHandler;
import io.github.sqlvdi.stream.JobDevice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import org.openjdk.jmh.annotations.AuxCounters;
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
 * Measures data through buffers in one process, in GB/s (the counter {@code gigabytes}). The server's part runs in the
 * callback on the completion agent's thread, the client's part on the benchmark's thread, each on its own CPU. The
 * baseline is {@code memcpy} of the same size on one thread.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 3, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
public class BufferPath {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int TOGETHER = 4 << 20;
    private static final long PIECE = 1 << 20;

    /** Counts the bytes of every operation, so that JMH reports a rate. */
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    @State(Scope.Thread)
    public static class Rate {
        private static final double GIGA = 1e9;

        /** 10^9 bytes. */
        public double gigabytes;

        void count(long bytes) {
            gigabytes += bytes / GIGA;
        }
    }

    /** Buffers that are handed over untouched. */
    @State(Scope.Thread)
    public static class HandedOver {

        /** The VDI implementation; NATIVE needs a machine with SQL Server. */
        @Param("EMBEDDED")
        public VdiProvider provider;

        /** Bytes of each buffer. */
        @Param({"65536", "262144", "1048576", "4194304"})
        public int size;

        private EndlessSet set;
        private VirtualDevice device;

        /** Opens the set. */
        @Setup(Level.Trial)
        public void open() {
            set = new EndlessSet(provider, 1, Math.clamp(TOGETHER / size, 2, 32), CommandCode.WRITE, size,
                    Placement.APART, command -> {
                        fill(command.buffer());
                        return true;
                    });
            device = set.device(0);
        }

        /** Ends the set. */
        @TearDown(Level.Trial)
        public void close() {
            set.close();
        }

        VdiConfig agreed() {
            return set.agreed();
        }

        void fill(MemorySegment buffer) {
            // the buffer is handed over unchanged
        }

        Command next() {
            if (device.getCommand(LIMIT) != CommandResult.COMMAND) {
                throw new IllegalStateException("no command within " + LIMIT);
            }
            return device.command();
        }
    }

    /** Buffers that are handed over untouched to a device of any class. */
    public static class Handled extends HandedOver {

        /** The class of the device, see {@link DeviceClass}. */
        @Param("io.github.sqlvdi.benchmarks.NullDevice")
        public String device;

        private JobDevice measured;
        private CommandHandler handler;

        @Override
        public void open() {
            super.open();
            measured = DeviceClass.of(device).make();
            try {
                measured.prepare();
                handler = measured.open(agreed());
            } catch (IOException failure) {
                throw new UncheckedIOException("the device " + device + " cannot be used: " + failure, failure);
            }
        }

        @Override
        public void close() {
            super.close();
            try {
                handler.close();
                measured.finish(false); // an endless backup has no verdict
            } catch (IOException failure) {
                throw new UncheckedIOException("the device " + device + " did not end well: " + failure, failure);
            }
        }
    }

    /** Buffers that the server fills with a byte. */
    public static class Filled extends HandedOver {
        private byte value;

        @Override
        void fill(MemorySegment buffer) {
            buffer.fill(value++);
        }
    }

    /** Buffers that the server copies its data into. */
    public static class Copied extends HandedOver {
        private MemorySegment source;
        private MemorySegment target;

        @Override
        public void open() {
            source = Arena.ofAuto().allocate(size, 64).fill((byte) 1);
            target = Arena.ofAuto().allocate(size, 64).fill((byte) 1);
            super.open();
        }

        @Override
        void fill(MemorySegment buffer) {
            copy(source, buffer);
        }
    }

    /** Memory for the baseline. */
    @State(Scope.Thread)
    public static class Plain {

        /** Bytes of each copy. */
        @Param({"65536", "262144", "1048576", "4194304"})
        public int size;

        private MemorySegment source;
        private MemorySegment target;

        /** Allocates and touches the memory. */
        @Setup(Level.Trial)
        public void open() {
            source = Arena.ofAuto().allocate(size, 64).fill((byte) 1);
            target = Arena.ofAuto().allocate(size, 64).fill((byte) 1);
        }
    }

    /** Fetches and completes a command; the data is not touched. */
    @Benchmark
    public int handOver(HandedOver buffers, Rate rate) {
        Command command = buffers.next();
        int size = command.size();
        command.complete();
        rate.count(size);
        return size;
    }

    /** The server hands over, a device of the class of the parameter executes the command. */
    @Benchmark
    public int device(Handled buffers, Rate rate) throws IOException {
        Command command = buffers.next();
        int size = command.size();
        buffers.handler.handle(command);
        rate.count(size);
        return size;
    }

    /** The server fills, the client reads every 8 bytes. */
    @Benchmark
    public long fillAndRead(Filled buffers, Rate rate) {
        Command command = buffers.next();
        MemorySegment data = command.data();
        long sum = 0;
        for (long offset = 0; offset < data.byteSize(); offset += Long.BYTES) {
            sum += data.get(ValueLayout.JAVA_LONG_UNALIGNED, offset);
        }
        command.complete();
        rate.count(command.size());
        return sum;
    }

    /** The server copies in, the client copies out. */
    @Benchmark
    public int copyInAndOut(Copied buffers, Rate rate) {
        Command command = buffers.next();
        copy(command.data(), buffers.target);
        command.complete();
        rate.count(command.size());
        return command.size();
    }

    /** The server hands over, the client computes the checksum in place. */
    @Benchmark
    public long crc32c(HandedOver buffers, Rate rate) {
        Command command = buffers.next();
        CRC32C checksum = new CRC32C();
        checksum.update(command.buffer());
        command.complete();
        rate.count(command.size());
        return checksum.getValue();
    }

    /** The baseline: one copy by the C library, on one thread. */
    @Benchmark
    public MemorySegment memcpy(Plain memory, Rate rate) {
        Memcpy.copy(memory.source, memory.target, memory.size);
        rate.count(memory.size);
        return memory.target;
    }

    /** Copies in pieces of 1 MiB, because a larger copy loses half its speed. */
    private static void copy(MemorySegment from, MemorySegment to) {
        for (long offset = 0; offset < to.byteSize(); offset += PIECE) {
            MemorySegment.copy(from, offset, to, offset, Math.min(PIECE, to.byteSize() - offset));
        }
    }
}
