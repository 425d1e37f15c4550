package io.github.sqlvdi.storage.s3;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * A part of an object that is read into the pieces of a pool. The SDK may try several times; only the bytes of its last attempt
 * count.
 */
final class Range implements AsyncResponseTransformer<GetObjectResponse, GetObjectResponse> {

    private final List<ByteBuffer> pieces;
    private final int bytes;
    private CompletableFuture<GetObjectResponse> answer;
    private Attempt attempt;
    private boolean dropped;
    private int read;

    Range(List<ByteBuffer> pieces, int bytes) {
        this.pieces = pieces;
        this.bytes = bytes;
    }

    void begin(CompletableFuture<GetObjectResponse> begun) {
        answer = begun;
    }

    CompletableFuture<GetObjectResponse> answer() {
        return answer;
    }

    List<ByteBuffer> pieces() {
        return pieces;
    }

    /** Gives the next bytes, after the answer came. */
    int read(ByteBuffer target) {
        ByteBuffer piece = pieces.get(read / PartPool.PIECE);
        int within = read % PartPool.PIECE;
        int count = Math.min(Math.min(PartPool.PIECE - within, bytes - read), target.remaining());
        target.put(piece.slice(within, count));
        read += count;
        return count;
    }

    boolean isRead() {
        return read == bytes;
    }

    /** Ends the request. No attempt writes into the pieces after that. */
    void drop() {
        synchronized (this) {
            dropped = true;
        }
        answer.cancel(true);
    }

    @Override
    public synchronized CompletableFuture<GetObjectResponse> prepare() {
        attempt = new Attempt();
        return attempt.end;
    }

    @Override
    public synchronized void onResponse(GetObjectResponse response) {
        attempt.response = response;
    }

    @Override
    public void onStream(SdkPublisher<ByteBuffer> publisher) {
        Attempt current;
        synchronized (this) {
            current = attempt;
        }
        publisher.subscribe(current);
    }

    @Override
    public void exceptionOccurred(Throwable error) {
        Attempt current;
        synchronized (this) {
            current = attempt;
        }
        current.end.completeExceptionally(error);
    }

    /** One attempt of the SDK. */
    private final class Attempt implements Subscriber<ByteBuffer> {

        private final CompletableFuture<GetObjectResponse> end = new CompletableFuture<>();
        private GetObjectResponse response;
        private Subscription subscription;
        private int count;

        @Override
        public void onSubscribe(Subscription begun) {
            subscription = begun;
            begun.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(ByteBuffer received) {
            synchronized (Range.this) {
                if (dropped || attempt != this) {
                    subscription.cancel();
                    return;
                }
                while (received.hasRemaining() && count < bytes) {
                    int within = count % PartPool.PIECE;
                    int part = Math.min(Math.min(PartPool.PIECE - within, bytes - count), received.remaining());
                    pieces.get(count / PartPool.PIECE).put(within, received, received.position(), part);
                    received.position(received.position() + part);
                    count += part;
                }
                if (received.hasRemaining()) {
                    fail(new IOException(String.format(Locale.ROOT,
                            "the store sent more than the %,d bytes that were asked for", bytes)));
                }
            }
        }

        private void fail(IOException failure) {
            subscription.cancel();
            end.completeExceptionally(failure);
        }

        @Override
        public void onError(Throwable failure) {
            end.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            if (count == bytes) {
                end.complete(response);
            } else {
                fail(new IOException(String.format(Locale.ROOT,
                        "the store sent %,d of the %,d bytes that were asked for", count, bytes)));
            }
        }
    }
}
