package io.github.sqlvdi.storage.s3;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * An upload in parts. Parts are invisible until the upload is completed; the checksum of each part is named when the upload is
 * created, so the store compares it.
 *
 * <p>The thread that writes sends parts; threads of the SDK note what became of them.
 */
final class MultipartUpload {

    /** How often an abort is repeated while parts that were underway still arrive. */
    private static final int ABORTS = 5;

    private final S3Object object;
    private final String id;
    private final S3Settings settings;
    private final PartPool pool;
    private final PartPool.Holder holder = new PartPool.Holder();
    private final PartSizes sizes;
    private final TreeMap<Integer, CompletedPart> stored = new TreeMap<>();
    private final List<CompletableFuture<?>> underway = new ArrayList<>();
    private Part part = new Part();
    private int number;
    private Throwable failure;

    private MultipartUpload(S3Object object, String id, S3Settings settings, PartPool pool, PartSizes sizes) {
        this.object = object;
        this.id = id;
        this.settings = settings;
        this.pool = pool;
        this.sizes = sizes;
    }

    static MultipartUpload create(S3Object object, String owner, S3Settings settings, PartPool pool,
            OptionalLong expected)
            throws IOException {
        String id = S3Calls.await(
                object.client().createMultipartUpload(it -> it.bucket(object.bucket()).key(object.key())
                        .checksumAlgorithm(ChecksumAlgorithm.CRC32).metadata(S3Object.metadata(owner))),
                "Beginning the upload of " + object).uploadId();
        return new MultipartUpload(object, id, settings, pool, PartSizes.of(settings.partBytes(), expected));
    }

    String id() {
        return id;
    }

    /** Adds bytes; sends each part that is full. */
    void write(ByteBuffer source) throws IOException {
        while (source.hasRemaining()) {
            requireNoFailure();
            long size = sizes.size(number + 1);
            if (part.bytes() == size) {
                send();
                continue;
            }
            if (part.needsPiece()) {
                try {
                    part.add(pool.take(holder));
                } catch (InterruptedException interrupt) {
                    throw S3Calls.interrupted("Writing " + object);
                }
            }
            part.fill(source, size);
        }
    }

    private void send() throws IOException {
        if (number == PartSizes.MOST_PARTS) {
            throw new IOException(
                    String.format(Locale.ROOT, "%s is too large: an upload has at most %,d parts. Use more "
                            + "devices, or tell the expected size", object, PartSizes.MOST_PARTS));
        }
        try {
            pool.send(holder, settings.parallel());
        } catch (InterruptedException interrupt) {
            throw S3Calls.interrupted("Writing " + object);
        }
        Part full = part;
        part = new Part();
        int sent = ++number;
        String checksum = full.checksum();
        CompletableFuture<UploadPartResponse> answer;
        try {
            answer = object.client().uploadPart(it -> it.bucket(object.bucket()).key(object.key())
                    .uploadId(id).partNumber(sent).contentLength(full.bytes()).checksumCRC32(checksum)
                    .overrideConfiguration(one -> one.apiCallAttemptTimeout(settings.timeoutFor(full.bytes()))
                            .apiCallTimeout(settings.timeoutOfAll(settings.timeoutFor(full.bytes())))),
                    full.body());
        } catch (RuntimeException | Error refused) {
            pool.arrived(holder, full.pieces());
            throw refused;
        }
        synchronized (this) {
            underway.removeIf(CompletableFuture::isDone);
            underway.add(answer);
        }
        answer.whenComplete((stored, problem) -> {
            noteEnd(sent, checksum, stored, problem);
            pool.arrived(holder, full.pieces());
        });
    }

    private synchronized void noteEnd(int sent, String checksum, UploadPartResponse answer, Throwable problem) {
        if (problem == null) {
            stored.put(sent,
                    CompletedPart.builder().partNumber(sent).eTag(answer.eTag()).checksumCRC32(checksum).build());
        } else if (failure == null) {
            failure = problem;
        }
    }

    private void requireNoFailure() throws IOException {
        Throwable known;
        synchronized (this) {
            known = failure;
        }
        if (known != null) {
            S3Calls.await(CompletableFuture.failedFuture(known), "Writing " + object);
        }
    }

    /** Sends the last part and waits until the store has all of them. */
    void sendRest() throws IOException {
        if (part.bytes() > 0 || number == 0) {
            send();
        }
        for (CompletableFuture<?> answer : copyOfUnderway()) {
            S3Calls.await(answer, "Writing " + object);
        }
        requireNoFailure();
    }

    private synchronized List<CompletableFuture<?>> copyOfUnderway() {
        return List.copyOf(underway);
    }

    /**
     * Makes the object of the parts.
     *
     * @param creating whether an object of the name must not exist
     */
    void complete(boolean creating) throws IOException {
        List<CompletedPart> parts;
        synchronized (this) {
            parts = List.copyOf(stored.values());
        }
        CompleteMultipartUploadRequest.Builder request =
                CompleteMultipartUploadRequest.builder().bucket(object.bucket())
                        .key(object.key()).uploadId(id).multipartUpload(it -> it.parts(parts));
        if (creating) {
            request.ifNoneMatch("*");
        }
        // a store may take minutes to put thousands of parts together
        request.overrideConfiguration(one -> one.apiCallAttemptTimeout(settings.timeout().multipliedBy(5))
                .apiCallTimeout(settings.timeout().multipliedBy(20)));
        S3Calls.await(object.client().completeMultipartUpload(request.build()), "Completing " + object);
    }

    /** Gives back the memory of a part that is not sent. */
    void dropPart() {
        pool.giveBack(part.pieces());
        part = new Part();
    }

    /** Ends everything that is underway and removes all parts. It is no error if the upload is gone. */
    void abort() throws IOException {
        dropPart();
        List<CompletableFuture<?>> parts = copyOfUnderway();
        parts.forEach(answer -> answer.cancel(true));
        abort(object, id);
    }

    /** Aborts an upload, again as long as parts that were underway arrive. */
    static void abort(S3Object object, String id) throws IOException {
        for (int attempt = 1; attempt <= ABORTS; attempt++) {
            try {
                S3Calls.awaitInAnyCase(() -> object.client().abortMultipartUpload(
                        it -> it.bucket(object.bucket()).key(object.key()).uploadId(id)),
                        "Aborting the upload " + id + " of " + object);
                S3Calls.awaitInAnyCase(() -> object.client().listParts(
                        it -> it.bucket(object.bucket()).key(object.key()).uploadId(id).maxParts(1)),
                        "Looking for the upload " + id + " of " + object);
            } catch (S3RefusalException refusal) {
                if (refusal.isMissing()) {
                    return;
                }
                if (attempt > 1 && refusal.isForbidden()) {
                    return; // aborted; the credentials may not look whether parts arrived later
                }
                throw refusal;
            }
        }
        throw new IOException(String.format(Locale.ROOT, "The upload %s of %s is still there after %d aborts: abort it "
                + "later, it costs storage", id, object, ABORTS));
    }
}
