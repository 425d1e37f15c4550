package io.github.sqlvdi.storage.s3;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.ListPartsResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.Part;

/**
 * Finds uploads that a killed backup left. Nothing tells an upload of a killed process from one that is running, except that
 * the running one gets a part now and then.
 */
record OpenUploads(S3AsyncClient client) {

    private static final System.Logger LOG = System.getLogger("io.github.sqlvdi.storage");

    /**
     * Aborts uploads to which nothing was added for some time.
     *
     * @return a description of each
     */
    List<String> abort(String bucket, String prefix, Duration idle, Predicate<String> key) throws IOException {
        List<String> aborted = new ArrayList<>();
        Instant latest = Instant.now().minus(idle);
        String keyMarker = null;
        String idMarker = null;
        ListMultipartUploadsResponse page;
        do {
            String afterKey = keyMarker;
            String afterId = idMarker;
            page = S3Calls.awaitInAnyCase(() -> client.listMultipartUploads(
                    it -> it.bucket(bucket).prefix(prefix).keyMarker(afterKey).uploadIdMarker(afterId)),
                    "Listing the open uploads of s3://" + bucket + "/" + prefix);
            for (MultipartUpload upload : page.uploads()) {
                S3Object object = new S3Object(client, bucket, upload.key());
                if (key.test(upload.key()) && lastActivity(object, upload).compareTo(latest) <= 0) {
                    io.github.sqlvdi.storage.s3.MultipartUpload.abort(object, upload.uploadId());
                    aborted.add(String.format(Locale.ROOT, "upload %s of %s, begun %s", upload.uploadId(), object,
                            upload.initiated()));
                }
            }
            keyMarker = page.nextKeyMarker();
            idMarker = page.nextUploadIdMarker();
        } while (Boolean.TRUE.equals(page.isTruncated()));
        return aborted;
    }

    private Instant lastActivity(S3Object object, MultipartUpload upload) throws IOException {
        Instant latest = upload.initiated();
        Integer marker = null;
        ListPartsResponse page;
        do {
            Integer after = marker;
            try {
                page = S3Calls.awaitInAnyCase(() -> client.listParts(it -> it.bucket(object.bucket()).key(object.key())
                        .uploadId(upload.uploadId()).partNumberMarker(after)),
                        "Looking at an open upload of " + object);
            } catch (S3RefusalException refusal) {
                if (refusal.isMissing()) { // ended since it was listed
                    return Instant.MAX;
                }
                throw refusal;
            }
            for (Part part : page.parts()) {
                latest = part.lastModified().isAfter(latest) ? part.lastModified() : latest;
            }
            marker = page.nextPartNumberMarker();
        } while (Boolean.TRUE.equals(page.isTruncated()));
        return latest;
    }

    /** Aborts what earlier backups of the same name left. A backup does not fail because it may not look for that. */
    void abortAbandoned(S3Object object, Duration idle) {
        try {
            List<String> aborted = abort(object.bucket(), object.key(), idle,
                    key -> key.equals(object.key()) || key.startsWith(object.key() + ".unconfirmed-"));
            aborted.forEach(what -> LOG.log(System.Logger.Level.INFO, "Aborted what a killed backup left: {0}", what));
        } catch (IOException refused) {
            LOG.log(System.Logger.Level.DEBUG, "Open uploads could not be looked for", refused);
        }
    }
}
