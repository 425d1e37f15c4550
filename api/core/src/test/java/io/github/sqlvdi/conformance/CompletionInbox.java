package io.github.sqlvdi.conformance;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import io.github.sqlvdi.internal.com.Callback;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongToIntFunction;

/**
 * Makes VDS_Command blocks (VDI reference 4.3) and collects their callbacks.
 *
 * <pre>
 *  0 commandCode   4 size             8 inPosition         16 outPosition     24 buffer
 * 32 completionRoutine               40 completionContext  48 completionCode  52 bytesTransferred   (56 bytes)
 * </pre>
 *
 * <p>One upcall stub serves every inbox: completionContext says whose callback it is.
 */
final class CompletionInbox implements AutoCloseable {

    private static final int BYTES = 56;
    private static final Map<Long, Sent> CONTEXTS = new ConcurrentHashMap<>();
    private static final AtomicLong NEXT_CONTEXT = new AtomicLong(0x1_0000_0000L);
    private static final long ROUTINE = Callback.stub(CompletionInbox::completed);
    private static final ThreadLocal<Long> SENDING = new ThreadLocal<>();

    private final Arena arena = Arena.ofShared();
    private final List<Long> contexts = new ArrayList<>();
    private final List<Completion> arrived = new ArrayList<>();

    private record Sent(CompletionInbox inbox, long tag) {
    }

    /** Fills a block and passes its address to SendCommand. */
    int send(Sending sending, LongToIntFunction sendCommand) {
        long context = NEXT_CONTEXT.getAndIncrement();
        MemorySegment block;
        synchronized (this) {
            block = arena.allocate(BYTES, Long.BYTES);
            contexts.add(context);
        }
        block.set(JAVA_INT, 0, sending.command());
        block.set(JAVA_INT, 4, sending.size());
        block.set(JAVA_LONG, 8, sending.position());
        block.set(JAVA_LONG, 24, sending.buffer());
        block.set(JAVA_LONG, 32, ROUTINE);
        block.set(JAVA_LONG, 40, context);
        block.set(JAVA_INT, 48, Reply.UNTOUCHED_INT);
        CONTEXTS.put(context, new Sent(this, sending.tag()));
        SENDING.set(block.address());
        try {
            return sendCommand.applyAsInt(block.address());
        } finally {
            SENDING.remove();
        }
    }

    private static void completed(long block) {
        MemorySegment all = RawMemory.ALL;
        Sent sent = CONTEXTS.get(all.get(JAVA_LONG_UNALIGNED, block + 40));
        Long sending = SENDING.get();
        sent.inbox.add(new Completion(sent.tag, all.get(JAVA_INT_UNALIGNED, block),
                all.get(JAVA_INT_UNALIGNED, block + 4), all.get(JAVA_LONG_UNALIGNED, block + 8),
                all.get(JAVA_LONG_UNALIGNED, block + 24), all.get(JAVA_INT_UNALIGNED, block + 48),
                all.get(JAVA_INT_UNALIGNED, block + 52), all.get(JAVA_LONG_UNALIGNED, block + 16),
                Thread.currentThread().getName(), sending != null && sending == block));
    }

    private synchronized void add(Completion completion) {
        arrived.add(completion);
        notifyAll();
    }

    synchronized List<Completion> all() {
        return List.copyOf(arrived);
    }

    synchronized Completion await(long tag) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Bounded.SECONDS);
        while (true) {
            for (Completion completion : arrived) {
                if (completion.tag() == tag) {
                    return completion;
                }
            }
            long left = end - System.nanoTime();
            if (left <= 0) {
                throw new AssertionError("no callback for command " + tag + " within " + Bounded.SECONDS
                        + " s; arrived: " + arrived);
            }
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted while waiting for the callback of command " + tag, e);
            }
        }
    }

    /** To be called when no callback can come any more. */
    @Override
    public synchronized void close() {
        CONTEXTS.keySet().removeAll(contexts);
        arena.close();
    }
}
