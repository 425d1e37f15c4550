package io.github.sqlvdi.storage.s3;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.UploadPartCopyResponse;

/** Copies an object within the store; no byte of it passes this program. */
final class ObjectCopy {

    /** The most that a store copies at one go. */
    private static final long MOST = 5L << 30;
    private static final long PART = 512L << 20;
    private static final int PARALLEL = 4;

    private final S3AsyncClient client;
    private final S3Object from;
    private final S3Object to;
    private final S3Settings settings;

    ObjectCopy(S3Object from, S3Object to, S3Settings settings) {
        this.client = from.client();
        this.from = from;
        this.to = to;
        this.settings = settings;
    }

    /** Copies the object of a target. The copy has the same metadata. */
    void run(String owner, long bytes) throws IOException {
        String etag = from.ownedBy(owner).orElseThrow(() -> new IOException(from + " is gone, or was replaced")).eTag();
        if (bytes > MOST) {
            copyInParts(owner, etag, bytes);
        } else {
            S3Calls.awaitInAnyCase(() -> client.copyObject(it -> it.sourceBucket(from.bucket()).sourceKey(from.key())
                    .copySourceIfMatch(etag).destinationBucket(to.bucket()).destinationKey(to.key())
                    .overrideConfiguration(one -> one.apiCallAttemptTimeout(settings.timeoutFor(bytes))
                            .apiCallTimeout(settings.timeoutOfAll(settings.timeoutFor(bytes))))),
                    "Copying " + from + " to " + to);
        }
        if (to.ownedBy(owner).filter(copy -> copy.contentLength() == bytes).isEmpty()) {
            throw new IOException(
                    String.format(Locale.ROOT, "After copying %s to %s the copy is not there, or does not have "
                            + "its %,d bytes", from, to, bytes));
        }
    }

    private void copyInParts(String owner, String etag, long bytes) throws IOException {
        String id = S3Calls.awaitInAnyCase(() -> client.createMultipartUpload(
                it -> it.bucket(to.bucket()).key(to.key()).metadata(S3Object.metadata(owner))),
                "Beginning the copy to " + to).uploadId();
        try {
            List<CompletedPart> parts = copyParts(id, etag, bytes);
            S3Calls.awaitInAnyCase(() -> client.completeMultipartUpload(
                    it -> it.bucket(to.bucket()).key(to.key()).uploadId(id).multipartUpload(all -> all.parts(parts))),
                    "Completing the copy to " + to);
        } catch (IOException | RuntimeException failure) {
            try {
                MultipartUpload.abort(to, id);
            } catch (IOException left) {
                failure.addSuppressed(left);
            }
            throw failure;
        }
    }

    private List<CompletedPart> copyParts(String id, String etag, long bytes) throws IOException {
        long size = Math.max(PART, bytes / (PartSizes.MOST_PARTS - 1));
        List<CompletedPart> parts = new ArrayList<>();
        Queue<CompletableFuture<UploadPartCopyResponse>> underway = new ArrayDeque<>();
        int number = 0;
        for (long start = 0; start < bytes || !underway.isEmpty();) {
            if (start < bytes && underway.size() < PARALLEL) {
                int part = ++number;
                String range = String.format(Locale.ROOT, "bytes=%d-%d", start, Math.min(bytes, start + size) - 1);
                underway.add(
                        S3Calls.begin(
                                () -> client.uploadPartCopy(it -> it.sourceBucket(from.bucket()).sourceKey(from.key())
                                        .copySourceIfMatch(etag).copySourceRange(range).destinationBucket(to.bucket())
                                        .destinationKey(to.key()).uploadId(id).partNumber(part)
                                        .overrideConfiguration(one -> one
                                                .apiCallAttemptTimeout(settings.timeoutFor(size))
                                                .apiCallTimeout(settings.timeoutOfAll(settings.timeoutFor(size)))))));
                start += size;
            } else {
                String partTag = S3Calls.awaitInAnyCase(underway::remove, "Copying " + from + " to " + to)
                        .copyPartResult().eTag();
                parts.add(CompletedPart.builder().partNumber(parts.size() + 1).eTag(partTag).build());
            }
        }
        return parts;
    }
}
