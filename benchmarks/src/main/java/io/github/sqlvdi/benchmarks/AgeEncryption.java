package io.github.sqlvdi.benchmarks;

import io.github.sqlvdi.codec.BlockEncoder;
import io.github.sqlvdi.codec.StreamEncoder;
import io.github.sqlvdi.storage.Age;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
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
 * Measures the encryption of blocks in the age format on one thread, in GB/s (the counter {@code gigabytes}). The baseline is
 * {@code memcpy} of the same blocks.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 3, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
public class AgeEncryption {

    private static final String RECIPIENT = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p";

    /** The library that encrypts; {@code auto} is libcrypto where it is installed. */
    @Param({"auto", "jdk"})
    public String cipher;

    private Arena arena;
    private StreamEncoder stream;
    private BlockEncoder blocks;
    private MemorySegment plain;
    private MemorySegment sealed;
    private long index;

    /** Makes an encoder and a block. */
    @Setup(Level.Trial)
    public void make() throws IOException {
        System.setProperty("io.github.sqlvdi.storage.cipher", cipher);
        arena = Arena.ofConfined();
        stream = Age.withoutKeys().withRecipient(RECIPIENT).encoder();
        blocks = stream.blocks();
        plain = arena.allocate(stream.blockBytes(), 4096);
        sealed = arena.allocate(stream.encodedBytes(stream.blockBytes()), 4096);
    }

    /** Frees them. */
    @TearDown(Level.Trial)
    public void free() {
        blocks.close();
        stream.close();
        arena.close();
    }

    /** Encrypts a block of 1 MiB into another place. */
    @Benchmark
    public int block(BufferPath.Rate rate) throws IOException {
        blocks.begin(index++, sealed);
        blocks.write(plain);
        rate.count(plain.byteSize());
        return blocks.finish(false);
    }

    /** Copies a block. */
    @Benchmark
    public MemorySegment memcpy(BufferPath.Rate rate) {
        rate.count(plain.byteSize());
        MemorySegment.copy(plain, 0, sealed, 0, plain.byteSize());
        return sealed;
    }
}
