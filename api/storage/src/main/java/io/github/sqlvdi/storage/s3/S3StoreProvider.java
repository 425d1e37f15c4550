package io.github.sqlvdi.storage.s3;

import io.github.sqlvdi.storage.store.Store;
import io.github.sqlvdi.storage.store.StoreProvider;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Opens stores for {@code s3://bucket/key}. Credentials, region and endpoint come from the SDK's chain: system properties,
 * environment variables such as {@code AWS_ACCESS_KEY_ID} and {@code AWS_ENDPOINT_URL}, profiles, the instance. The parameters
 * of a name go before them; docs/stores.md lists them.
 */
public final class S3StoreProvider implements StoreProvider {

    /** For {@link java.util.ServiceLoader}. */
    public S3StoreProvider() {
    }

    @Override
    public List<String> schemes() {
        return List.of("s3");
    }

    @Override
    public Store open(String scheme, Map<String, String> parameters) throws IOException {
        S3Settings settings = S3Settings.of(parameters);
        try {
            return new S3Store(settings);
        } catch (NoClassDefFoundError missing) {
            throw new IOException("s3: needs the AWS SDK for Java 2: add software.amazon.awssdk:s3 and "
                    + "software.amazon.awssdk:netty-nio-client to the program (not found: " + missing.getMessage()
                    + ")",
                    missing);
        }
    }
}
