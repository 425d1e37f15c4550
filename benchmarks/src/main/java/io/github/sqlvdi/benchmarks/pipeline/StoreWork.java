package io.github.sqlvdi.benchmarks.pipeline;

import io.github.sqlvdi.storage.store.StoreLocation;
import io.github.sqlvdi.storage.store.Stores;
import io.github.sqlvdi.storage.store.WriteOptions;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * Raw backups to S3, with a CRC32 of each part, beside a plain PUT of the same bytes. Each run writes a new object and deletes
 * it.
 */
final class StoreWork implements Closeable {

    private static final String CODECS = "none, S3";

    private final StoreLocation prefix;
    private final Stores stores = new Stores();
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** Measures below a name such as {@code s3://bucket/prefix?endpoint=http://127.0.0.1:7070}. */
    StoreWork(String name) {
        prefix = StoreLocation.parse(name);
    }

    Work backup(int devices, int transfer) {
        return new Work("sqlvdi, S3", devices, CODECS, file -> {
            String run = UUID.randomUUID().toString();
            try {
                return Work.backUp(file, devices, List.of(), transfer,
                        device -> stores.of(prefix).target(object(run + "-" + device), WriteOptions.NEW));
            } finally {
                for (int device = 0; device < devices; device++) {
                    stores.of(prefix).delete(object(run + "-" + device));
                }
            }
        });
    }

    /** One PUT to a URL that was signed before, without a checksum. */
    Work plainPut() {
        return new Work("PUT by java.net.http", 0, CODECS, file -> {
            StoreLocation object = object("put-" + UUID.randomUUID());
            try {
                HttpResponse<String> answer = http.send(
                        HttpRequest.newBuilder(signed(object)).PUT(HttpRequest.BodyPublishers.ofFile(file)).build(),
                        HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() != 200) {
                    throw new IOException("the PUT was answered with " + answer.statusCode() + ": " + answer.body());
                }
                return -1;
            } finally {
                stores.of(prefix).delete(object);
            }
        });
    }

    private StoreLocation object(String name) {
        return prefix.withPath(prefix.path() + name);
    }

    private URI signed(StoreLocation object) {
        Optional<URI> endpoint = Optional.ofNullable(prefix.parameters().get("endpoint")).map(URI::create);
        S3Presigner.Builder builder = S3Presigner.builder()
                .region(Region.of(prefix.parameters().getOrDefault("region", "us-east-1")))
                .serviceConfiguration(S3Configuration.builder().pathStyleAccessEnabled(endpoint.isPresent()).build());
        endpoint.ifPresent(builder::endpointOverride);
        try (S3Presigner presigner = builder.build()) {
            return URI.create(presigner.presignPutObject(it -> it.signatureDuration(Duration.ofHours(1))
                    .putObjectRequest(put -> put.bucket(object.authority()).key(object.path()))).url().toString());
        }
    }

    @Override
    public void close() throws IOException {
        stores.close();
        http.close();
    }
}
