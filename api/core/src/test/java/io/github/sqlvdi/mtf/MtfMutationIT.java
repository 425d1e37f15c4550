package io.github.sqlvdi.mtf;

import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Streams changed at random, with valid header checksums as without: the reader never throws, never allocates more than 4
 * MiB for a stream, and never calls a stream whole that has lost or gained bytes. {@code -Dsqlvdi.mtf.mutations=2000000}
 * runs longer than the 2,000 of a build, {@code -Dsqlvdi.mtf.seed=} begins with another seed.
 */
@Timeout(7200)
class MtfMutationIT {

    private static final long MUTATIONS = Long.getLong("sqlvdi.mtf.mutations", 2_000);
    private static final long FIRST_SEED = Long.getLong("sqlvdi.mtf.seed", 1);
    private static final long MOST_BYTES = 4L << 20;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final List<StreamMutator> streams = new ArrayList<>();

    @Test
    void noStreamMakesTheReaderThrowOrGrow() {
        Streams.all().values().stream().map(StreamMutator::new).forEach(streams::add);
        for (long seed = FIRST_SEED; seed < FIRST_SEED + MUTATIONS; seed++) {
            try {
                run(new Random(seed));
            } catch (Throwable e) {
                throw new AssertionError("-Dsqlvdi.mtf.mutations=1 -Dsqlvdi.mtf.seed=" + seed, e);
            }
        }
    }

    private void run(Random random) {
        StreamMutator mutator = streams.get(random.nextInt(streams.size()));
        byte[] stream = mutator.mutate(random);
        long before = threads.getCurrentThreadAllocatedBytes();
        StreamReport report = read(stream, random);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(allocated < MOST_BYTES, () -> "the reader allocated " + allocated + " bytes");
        assertNotEquals(Wholeness.FLOWING, report.wholeness());
        assertNotEquals("", report.verdict());
        report.header().ifPresent(header -> HeaderColumns.ALL.forEach(column -> header.get(column).toString()));
        report.files().forEach(file -> FileColumns.ALL.forEach(column -> file.get(column).toString()));
        if (mutator.hasOtherLength(stream) && report.paddingLength() == 0) {
            assertNotEquals(Wholeness.WHOLE, report.wholeness());
        }
    }

    private static StreamReport read(byte[] stream, Random random) {
        BackupStreamReader reader = BackupStreamReader.builder().checksums(random.nextBoolean()).build();
        int largest = 1 + random.nextInt(random.nextBoolean() ? 100 : 100_000);
        int small = random.nextBoolean() ? 20_000 : 0;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = random.nextInt(8) == 0 ? arena.allocate(stream.length).copyFrom(
                    MemorySegment.ofArray(stream)) : MemorySegment.ofArray(stream);
            int next = 0;
            while (next < stream.length) {
                int count = Math.min(stream.length - next, next < small ? 1 + random.nextInt(largest) : 65_536);
                reader.feed(memory.asSlice(next, count));
                next += count;
            }
        }
        return reader.finish();
    }
}
