package io.github.sqlvdi.storage.s3;

import io.github.sqlvdi.stream.BackupSource;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** An object of S3 as the source of a restore. Size and ETag are fixed at the beginning: a replaced object is noticed. */
final class S3Source implements BackupSource {

    private final S3Object object;
    private final S3Settings settings;
    private final PartPool pool;
    private RangeReader reader;
    private long size;

    S3Source(S3Object object, S3Settings settings, PartPool pool) {
        this.object = object;
        this.settings = settings;
        this.pool = pool;
    }

    @Override
    public void begin() throws IOException {
        HeadObjectResponse head = object.head().orElseThrow(
                () -> new FileNotFoundException(object + ": there is no such object, or no such bucket"));
        size = head.contentLength();
        reader = new RangeReader(object, head.eTag(), size, settings, pool);
    }

    @Override
    public String name() {
        return object.toString();
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public ReadableByteChannel channel() {
        return reader;
    }

    @Override
    public Optional<byte[]> manifest() throws IOException {
        S3Object manifest = object.sibling(object.key() + S3Manifest.SUFFIX);
        try {
            return Optional.of(S3Calls.await(
                    object.client().getObject(it -> it.bucket(manifest.bucket()).key(manifest.key()),
                            AsyncResponseTransformer.toBytes()),
                    "Reading " + manifest).asByteArray());
        } catch (S3RefusalException refusal) {
            if (refusal.isMissing() || refusal.isForbidden()) { // without the right to list, missing is forbidden
                return Optional.empty();
            }
            throw refusal;
        }
    }

    @Override
    public Optional<Object> identity() {
        return Optional.of(List.of(object.client(), object.bucket(), object.key()));
    }

    @Override
    public void close() {
        if (reader != null) {
            reader.close();
        }
    }
}
