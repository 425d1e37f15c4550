package io.github.sqlvdi.storage.s3;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ReadableByteChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/**
 * Reads an object in ranges, some of them ahead. Each range must be of the object with the ETag of the beginning. A range whose
 * connection breaks is read again by the SDK.
 */
final class RangeReader implements ReadableByteChannel {

    private final S3Object object;
    private final String etag;
    private final long size;
    private final S3Settings settings;
    private final PartPool pool;
    private final PartPool.Holder holder = new PartPool.Holder();
    private final Deque<Range> ahead = new ArrayDeque<>();
    private long requested;
    private long given;
    private volatile boolean closed;

    RangeReader(S3Object object, String etag, long size, S3Settings settings, PartPool pool) {
        this.object = object;
        this.etag = etag;
        this.size = size;
        this.settings = settings;
        this.pool = pool;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
        if (given == size) {
            return -1;
        }
        requestAhead();
        Range range = ahead.getFirst();
        await(range);
        int count = range.read(target);
        given += count;
        if (range.isRead()) {
            ahead.removeFirst();
            pool.arrived(holder, range.pieces());
        }
        return count;
    }

    private void await(Range range) throws IOException {
        try {
            S3Calls.await(range.answer(), "Reading " + object);
        } catch (S3RefusalException refusal) {
            if (refusal.isPreconditionFailed() || refusal.isMissing()) {
                throw new IOException(String.format(Locale.ROOT,
                        "%s was replaced or deleted while it was read, after %,d of %,d bytes", object, given, size),
                        refusal);
            }
            throw refusal;
        }
    }

    private void requestAhead() {
        while (requested < size && ahead.size() < settings.parallel()) {
            int count = (int) Math.min(settings.partBytes(), size - requested);
            ByteBuffer[] pieces = pool.takeNow(holder, (count + PartPool.PIECE - 1) / PartPool.PIECE);
            if (pieces == null) {
                return;
            }
            long start = requested;
            Range range = new Range(List.of(pieces), count);
            range.begin(object.client().getObject(it -> it.bucket(object.bucket()).key(object.key()).ifMatch(etag)
                    .range(String.format(Locale.ROOT, "bytes=%d-%d", start, start + count - 1))
                    .overrideConfiguration(one -> one.apiCallAttemptTimeout(settings.timeoutFor(count))
                            .apiCallTimeout(settings.timeoutFor(count).multipliedBy(10))),
                    range));
            requested += count;
            ahead.add(range);
        }
    }

    @Override
    public boolean isOpen() {
        return !closed;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        while (!ahead.isEmpty()) {
            Range range = ahead.removeFirst();
            range.drop();
            pool.arrived(holder, range.pieces());
        }
    }
}
