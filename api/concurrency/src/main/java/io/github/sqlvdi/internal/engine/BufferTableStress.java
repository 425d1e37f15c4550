package io.github.sqlvdi.internal.engine;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.github.sqlvdi.VdiConfig;
import io.github.sqlvdi.internal.engine.host.RegionKey;
import io.github.sqlvdi.internal.engine.host.SharedRegion;
import java.lang.foreign.MemorySegment;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JI_Result;
import org.openjdk.jcstress.infra.results.J_Result;

/** A handle leads to its buffer or, once that was freed, nowhere: never to the next buffer, and never to damage. */
public final class BufferTableStress {

    private static final long KEY = 0x0123_4567_89ab_cdefL;
    private static final long DAMAGED = -1;
    private static final long OFFSET = 4_096;
    private static final int SIZE = 512;
    private static final VdiConfig CONFIG = VdiConfig.builder().alignment(512).maxTransferSize(65_536).buildAnswer();
    private static final SharedRegion AREA = new Area();

    private BufferTableStress() {
    }

    /** An area at address 0, so that the address of a buffer is its offset. */
    private static final class Area implements SharedRegion {

        @Override
        public MemorySegment memory() {
            throw new UnsupportedOperationException("the table reads no buffer");
        }

        @Override
        public long address() {
            return 0;
        }

        @Override
        public long byteSize() {
            return 1 << 16;
        }

        @Override
        public RegionKey key() {
            throw new UnsupportedOperationException("the table opens no area");
        }

        @Override
        public void close() {
            // nothing is mapped
        }
    }

    private static BufferTable table(MemorySegment memory) {
        BufferTable table = new BufferTable(memory, KEY, area -> AREA);
        table.allow(CONFIG);
        return table;
    }

    private static MemorySegment region() {
        long end = ControlLayout.buffer(1);
        return MemorySegment.ofArray(new long[(int) (end / Long.BYTES)]);
    }

    private static long resolve(BufferTable table, int handle) {
        try {
            return table.resolve(handle);
        } catch (DamagedRegionException e) {
            return DAMAGED;
        }
    }

    /** The server frees a buffer and allocates the next one in its place, while a client maps the old handle. */
    @JCStressTest
    @Outcome(id = "4096", expect = ACCEPTABLE, desc = "the buffer, before it was freed")
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "nowhere, after it was freed")
    @Outcome(id = "-1", expect = FORBIDDEN,
            desc = "an entry between two buffers was taken for damage, which ends the set")
    @Outcome(expect = FORBIDDEN, desc = "another buffer")
    @State
    public static class FreedAndAllocatedAnew {

        private final MemorySegment memory = region();
        private final BufferTable server = table(memory);
        private final BufferTable client = table(memory);
        private final int handle = server.publish(0, 0, OFFSET, SIZE, 1);

        @Actor
        public void server() {
            server.withdraw(0);
            server.publish(0, 0, 2 * OFFSET, 2 * SIZE, 2);
        }

        @Actor
        public void client(J_Result result) {
            result.r1 = resolve(client, handle);
        }
    }

    /** Two threads of a client meet a buffer for the first time. */
    @JCStressTest
    @Outcome(id = "8192, 1024", expect = ACCEPTABLE, desc = "address and size of the buffer, to both")
    @Outcome(expect = FORBIDDEN, desc = "half of what the other thread resolved")
    @State
    public static class ResolvedByTwoThreads {

        private final MemorySegment memory = region();
        private final BufferTable client = table(memory);
        private final int handle = table(memory).publish(0, 0, OFFSET, SIZE, 1);
        private long first;
        private int firstSize;
        private long second;
        private int secondSize;

        @Actor
        public void one() {
            first = resolve(client, handle);
            firstSize = client.size(handle);
        }

        @Actor
        public void other() {
            second = resolve(client, handle);
            secondSize = client.size(handle);
        }

        @Arbiter
        public void sum(JI_Result result) {
            result.r1 = first + second;
            result.r2 = firstSize + secondSize;
        }
    }
}
