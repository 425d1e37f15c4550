package io.github.sqlvdi.storage.s3;

import io.github.sqlvdi.storage.store.Store;
import io.github.sqlvdi.storage.store.StoreLocation;
import io.github.sqlvdi.storage.store.StoredObject;
import io.github.sqlvdi.storage.store.WriteOptions;
import io.github.sqlvdi.stream.BackupSource;
import io.github.sqlvdi.stream.BackupTarget;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.http.nio.netty.SdkEventLoopGroup;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

/** S3 and what speaks it. */
final class S3Store implements Store {

    /** The longest key that S3 takes, in bytes; what is added to a name must fit too. */
    private static final int MOST_KEY_CHARACTERS = 1_000;
    private static final int CLOSE_SECONDS = 15;

    private final SdkEventLoopGroup eventLoops = S3Clients.eventLoops();
    private final S3AsyncClient client;
    private final S3Settings settings;
    private final PartPool pool;

    S3Store(S3Settings settings) throws IOException {
        this.settings = settings;
        this.pool = new PartPool(settings.memoryBytes());
        try {
            client = S3Clients.open(settings, eventLoops);
        } catch (IOException | RuntimeException failure) {
            endEventLoops();
            throw failure;
        }
    }

    @Override
    public BackupTarget target(StoreLocation place, WriteOptions options) {
        return new S3Target(object(place), options, settings, pool);
    }

    @Override
    public BackupSource source(StoreLocation place) {
        return new S3Source(object(place), settings, pool);
    }

    private S3Object object(StoreLocation place) {
        if (place.path().isEmpty() || place.path().endsWith("/")) {
            throw new IllegalArgumentException(place + " has no key: expected s3://bucket/key");
        }
        if (place.path().length() > MOST_KEY_CHARACTERS) {
            throw new IllegalArgumentException(String.format(Locale.ROOT,
                    "The key of s3://%s/... has %,d characters: expected at most %,d", place.authority(),
                    place.path().length(), MOST_KEY_CHARACTERS));
        }
        return new S3Object(client, requireBucket(place), place.path());
    }

    private static String requireBucket(StoreLocation place) {
        if (place.authority().isEmpty()) {
            throw new IllegalArgumentException(place + " has no bucket: expected s3://bucket/key");
        }
        return place.authority();
    }

    @Override
    public List<StoredObject> list(StoreLocation prefix) throws IOException {
        String bucket = requireBucket(prefix);
        List<StoredObject> found = new ArrayList<>();
        String token = null;
        ListObjectsV2Response page;
        do {
            String next = token;
            page = S3Calls.await(client.listObjectsV2(
                    it -> it.bucket(bucket).prefix(prefix.path()).continuationToken(next)), "Listing " + prefix);
            page.contents().forEach(it -> found.add(
                    new StoredObject(prefix.withPath(it.key()), it.size(), it.lastModified())));
            token = page.nextContinuationToken();
        } while (Boolean.TRUE.equals(page.isTruncated()));
        return found;
    }

    @Override
    public void delete(StoreLocation place) throws IOException {
        object(place).delete();
    }

    @Override
    public List<String> cleanUp(StoreLocation prefix, Duration olderThan) throws IOException {
        return new OpenUploads(client).abort(requireBucket(prefix), prefix.path(), olderThan, key -> true);
    }

    @Override
    public void close() {
        client.close();
        endEventLoops();
    }

    /** The SDK would wait two seconds for further tasks of loops of its own; those of a closed client get none. */
    private void endEventLoops() {
        eventLoops.eventLoopGroup().shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
    }
}
