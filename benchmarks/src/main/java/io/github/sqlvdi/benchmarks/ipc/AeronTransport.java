package io.github.sqlvdi.benchmarks.ipc;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.Publication;
import io.aeron.Subscription;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.aeron.logbuffer.FragmentHandler;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.SleepingMillisIdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.YieldingIdleStrategy;

/**
 * Aeron's IPC channel with an exclusive publication. Each buffer is sent as messages of the largest unfragmented size,
 * and each message is copied straight out of the log. The driver runs in the consumer's process, on one thread that
 * mostly sleeps; the data does not pass through it.
 */
final class AeronTransport implements Transport {

    private static final int STREAM = 1;
    private static final int MTU = 65_504;
    private static final int TERM = 4 << 20;
    private static final int FRAGMENTS = 16;
    private static final long CONNECT_NANOS = 20_000_000_000L;

    @Override
    public void produce(TransferPlan plan) throws IOException {
        IdleStrategy idle = new YieldingIdleStrategy();
        try (Aeron aeron = Aeron.connect(new Aeron.Context().aeronDirectoryName(directory(plan)));
                ExclusivePublication publication = aeron.addExclusivePublication("aeron:ipc", STREAM)) {
            long deadline = System.nanoTime() + CONNECT_NANOS;
            while (!publication.isConnected()) {
                if (System.nanoTime() > deadline) {
                    throw new IOException("no subscription came");
                }
                idle.idle();
            }
            plan.placement().take(1);
            UnsafeBuffer source = new UnsafeBuffer(Buffers.own(plan.size()).asByteBuffer());
            int largest = publication.maxPayloadLength();
            while (true) {
                for (int offset = 0; offset < plan.size(); offset += largest) {
                    if (!offer(publication, source, offset, Math.min(largest, plan.size() - offset), idle)) {
                        return;
                    }
                }
            }
        }
    }

    /** Sends a message. Returns false if the subscription has gone. */
    private static boolean offer(
            ExclusivePublication publication, UnsafeBuffer source, int offset, int length, IdleStrategy idle) {
        idle.reset();
        while (true) {
            long result = publication.offer(source, offset, length);
            if (result > 0) {
                return true;
            }
            if (result == Publication.NOT_CONNECTED || result == Publication.CLOSED) {
                return false;
            }
            idle.idle();
        }
    }

    @Override
    public void consume(TransferPlan plan, Runnable ready, Meter meter) throws IOException {
        MediaDriver.Context context = new MediaDriver.Context()
                .aeronDirectoryName(directory(plan))
                .dirDeleteOnStart(true)
                .dirDeleteOnShutdown(true)
                .threadingMode(ThreadingMode.SHARED)
                .sharedIdleStrategy(new SleepingMillisIdleStrategy(1))
                .ipcMtuLength(MTU)
                .ipcTermBufferLength(TERM);
        try (MediaDriver driver = MediaDriver.launch(context);
                Aeron aeron = Aeron.connect(new Aeron.Context().aeronDirectoryName(driver.aeronDirectoryName()))) {
            try (Subscription subscription = aeron.addSubscription("aeron:ipc", STREAM)) {
                ready.run();
                plan.placement().take(0);
                poll(plan, subscription, meter);
            }
            Peer.awaitParent(); // the driver must outlive the producer
        }
    }

    private static void poll(TransferPlan plan, Subscription subscription, Meter meter) {
        MemorySegment target = Buffers.own(plan.size());
        ByteBuffer bytes = target.asByteBuffer();
        IdleStrategy idle = new YieldingIdleStrategy();
        int[] filled = new int[1];
        FragmentHandler handler = (buffer, offset, length, header) -> {
            buffer.getBytes(offset, bytes, filled[0], length);
            filled[0] = (filled[0] + length) % plan.size();
            meter.count(0, length);
        };
        while (!meter.isOver()) {
            idle.idle(subscription.poll(handler, FRAGMENTS));
        }
    }

    private static String directory(TransferPlan plan) {
        return plan.folder().resolve("aeron").toString();
    }
}
