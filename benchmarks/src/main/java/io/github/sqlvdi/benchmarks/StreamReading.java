package io.github.sqlvdi.benchmarks;

import io.github.sqlvdi.mtf.BackupStreamReader;
import io.github.sqlvdi.mtf.BackupType;
import io.github.sqlvdi.mtf.GeneratedDatabase;
import io.github.sqlvdi.mtf.StreamReport;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.ArrayList;
import java.util.List;
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
 * Measures reading a whole backup stream, in GB/s (the counter {@code gigabytes}), without and with the checksums of
 * its pages. The first baseline reads every word of the same memory once, which is the memory bandwidth of one thread.
 * The second is {@code memcpy} of the stream in pieces of the same size.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 3, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
public class StreamReading {

    private static final int EXTENT = 65_536;
    private static final int CACHE_LINE = 64;

    /** Bytes of the database, so about the length of the stream; more than the caches of a CPU hold. */
    @Param("268435456")
    public long size;

    /** Bytes that the reader gets at once, like a transfer of a device. */
    @Param("1048576")
    public int transfer;

    private Arena arena;
    private MemorySegment stream;
    private MemorySegment copy;
    private List<MemorySegment> transfers;

    /** Makes the stream. */
    @Setup(Level.Trial)
    public void make() throws IOException {
        arena = Arena.ofConfined();
        var backup = GeneratedDatabase.builder("Benchmark").dataFile("data", "data.mdf", size / EXTENT * EXTENT).build()
                .backup(BackupType.FULL).checksums(true).build();
        stream = arena.allocate(backup.length(1), EXTENT);
        copy = arena.allocate(transfer, EXTENT);
        transfers = new ArrayList<>();
        try (ReadableByteChannel channel = backup.open(1)) {
            for (long next = 0; next < stream.byteSize(); next += transfer) {
                MemorySegment slice = stream.asSlice(next, Math.min(transfer, stream.byteSize() - next));
                ByteBuffer buffer = slice.asByteBuffer();
                while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
                    // until the transfer is full
                }
                transfers.add(slice);
            }
        }
    }

    /** Frees the stream. */
    @TearDown(Level.Trial)
    public void free() {
        arena.close();
    }

    /** Reads the blocks only, as a device does by default. */
    @Benchmark
    public StreamReport walk(BufferPath.Rate rate) {
        return read(BackupStreamReader.builder().checksums(false).build(), rate);
    }

    /** Reads the blocks and computes the backup checksums of all data and the checksum of each page. */
    @Benchmark
    public StreamReport checksums(BufferPath.Rate rate) {
        return read(BackupStreamReader.create(), rate);
    }

    private StreamReport read(BackupStreamReader reader, BufferPath.Rate rate) {
        for (MemorySegment bytes : transfers) {
            reader.feed(bytes);
        }
        StreamReport report = reader.finish();
        if (!report.isWhole()) {
            throw new IllegalStateException(report.verdict());
        }
        rate.count(report.length());
        return report;
    }

    /** The first baseline: reads every word once. */
    @Benchmark
    public long readMemory(BufferPath.Rate rate) {
        long sum = 0;
        for (MemorySegment bytes : transfers) {
            sum += sum(bytes);
        }
        rate.count(stream.byteSize());
        return sum;
    }

    /** Several sums and eight loads a turn: one sum alone waits for its additions, not for the memory. */
    private static long sum(MemorySegment bytes) {
        long one = 0;
        long two = 0;
        long three = 0;
        long four = 0;
        long length = bytes.byteSize() & -CACHE_LINE;
        for (long at = 0; at < length; at += CACHE_LINE) {
            one += word(bytes, at) ^ word(bytes, at + 8);
            two += word(bytes, at + 16) ^ word(bytes, at + 24);
            three += word(bytes, at + 32) ^ word(bytes, at + 40);
            four += word(bytes, at + 48) ^ word(bytes, at + 56);
        }
        return one + two + three + four;
    }

    private static long word(MemorySegment bytes, long at) {
        return bytes.get(ValueLayout.JAVA_LONG, at);
    }

    /** The second baseline: copies the stream into one buffer. */
    @Benchmark
    public MemorySegment copyMemory(BufferPath.Rate rate) {
        for (MemorySegment bytes : transfers) {
            Memcpy.copy(bytes, copy, bytes.byteSize());
        }
        rate.count(stream.byteSize());
        return copy;
    }
}
