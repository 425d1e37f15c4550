package io.github.sqlvdi.storage.s3;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * One name in a bucket, and what is asked and told about it. An object carries the identity of the target that wrote it in its
 * metadata. So after an answer that was lost, or a failure, a target knows whether the object under the name is its own.
 */
record S3Object(S3AsyncClient client, String bucket, String key) {

    private static final String OWNER = "sqlvdi-target";

    static Map<String, String> metadata(String owner) {
        return Map.of(OWNER, owner);
    }

    S3Object sibling(String otherKey) {
        return new S3Object(client, bucket, otherKey);
    }

    /** {@return the last part of the key} */
    String name() {
        return key.substring(key.lastIndexOf('/') + 1);
    }

    /** {@return the object; empty if there is none} */
    Optional<HeadObjectResponse> head() throws IOException {
        try {
            return Optional.of(S3Calls.awaitInAnyCase(() -> client.headObject(it -> it.bucket(bucket).key(key)),
                    "Looking for " + this));
        } catch (S3RefusalException refusal) {
            if (refusal.isMissing()) {
                return Optional.empty();
            }
            throw refusal;
        }
    }

    /**
     * {@return whether an object of this name may exist: false only if the store says that it does not} Credentials that may
     * not list the bucket are refused the look at a missing object.
     */
    boolean exists() throws IOException {
        try {
            return head().isPresent();
        } catch (S3RefusalException refusal) {
            if (refusal.isForbidden()) {
                return false; // the condition of the write decides
            }
            throw refusal;
        }
    }

    /** {@return the object under this name if the given target wrote it} */
    Optional<HeadObjectResponse> ownedBy(String owner) throws IOException {
        return head().filter(found -> isOf(owner, found));
    }

    /** {@return whether the given target wrote the object} */
    static boolean isOf(String owner, HeadObjectResponse object) {
        return owner.equals(object.metadata().get(OWNER));
    }

    /** Deletes the version that the given target wrote, and no other object. */
    void deleteOwn(String owner) throws IOException {
        Optional<HeadObjectResponse> own = ownedBy(owner);
        if (own.isEmpty()) {
            return;
        }
        String what = "Deleting " + this;
        if (own.get().versionId() != null) {
            S3Calls.awaitInAnyCase(() -> client.deleteObject(
                    it -> it.bucket(bucket).key(key).versionId(own.get().versionId())), what);
            return;
        }
        try {
            S3Calls.awaitInAnyCase(
                    () -> client.deleteObject(it -> it.bucket(bucket).key(key).ifMatch(own.get().eTag())),
                    what);
        } catch (S3RefusalException refusal) {
            if (refusal.isPreconditionFailed() || refusal.isMissing()) {
                return; // replaced or deleted since the look: it is no longer this target's
            }
            if (!refusal.isNotImplemented()) {
                throw refusal;
            }
            delete();
        }
    }

    void delete() throws IOException {
        S3Calls.awaitInAnyCase(() -> client.deleteObject(it -> it.bucket(bucket).key(key)), "Deleting " + this);
    }

    @Override
    public String toString() {
        return "s3://" + bucket + "/" + key;
    }
}
