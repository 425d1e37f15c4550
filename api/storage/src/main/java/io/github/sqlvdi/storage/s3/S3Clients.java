package io.github.sqlvdi.storage.s3;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.SdkEventLoopGroup;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClientBuilder;

/**
 * Makes the SDK's client and the event loops under it. Checksums are computed here, over the buffers where they lie, and sent
 * as headers: the SDK would copy each part to append a trailer.
 */
final class S3Clients {

    private static final int EVENT_LOOPS = 2;
    private static final int CONNECTIONS = 256;
    private static final int WAITING_REQUESTS = 10_000;

    private S3Clients() {
    }

    /** {@return event loops that the caller closes after the client} */
    static SdkEventLoopGroup eventLoops() {
        return SdkEventLoopGroup.builder().numberOfThreads(EVENT_LOOPS).build();
    }

    static S3AsyncClient open(S3Settings settings, SdkEventLoopGroup eventLoops) throws IOException {
        Optional<URI> endpoint = settings.endpoint().or(S3Clients::endpointOfEnvironment);
        S3AsyncClientBuilder builder = S3AsyncClient.builder()
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .forcePathStyle(settings.pathStyle().orElse(endpoint.isPresent()))
                .credentialsProvider(credentials(settings))
                .region(region(settings, endpoint))
                .overrideConfiguration(every -> every.apiCallAttemptTimeout(settings.timeout())
                        .apiCallTimeout(settings.timeoutOfAll(settings.timeout()))
                        .retryStrategy(
                                AwsRetryStrategy.standardRetryStrategy().toBuilder().maxAttempts(settings.attempts())
                                        .build()))
                .httpClientBuilder(NettyNioAsyncHttpClient.builder()
                        .eventLoopGroup(eventLoops)
                        .maxConcurrency(CONNECTIONS)
                        .maxPendingConnectionAcquires(WAITING_REQUESTS)
                        .connectionAcquisitionTimeout(Duration.ofMinutes(10))
                        .connectionTimeout(min(settings.timeout(), Duration.ofSeconds(10)))
                        .readTimeout(settings.timeout()).writeTimeout(settings.timeout()));
        endpoint.ifPresent(builder::endpointOverride);
        settings.profile().ifPresent(name -> builder.overrideConfiguration(
                builder.overrideConfiguration().toBuilder().defaultProfileName(name).build()));
        return builder.build();
    }

    private static DefaultCredentialsProvider credentials(S3Settings settings) {
        DefaultCredentialsProvider.Builder chain = DefaultCredentialsProvider.builder();
        settings.profile().ifPresent(chain::profileName);
        return chain.build();
    }

    private static Region region(S3Settings settings, Optional<URI> endpoint) throws IOException {
        if (settings.region().isPresent()) {
            return Region.of(settings.region().get());
        }
        try {
            return DefaultAwsRegionProviderChain.builder().profileName(settings.profile().orElse(null)).build()
                    .getRegion();
        } catch (SdkClientException unknown) {
            if (endpoint.isPresent()) { // a store of another maker takes any region
                return Region.US_EAST_1;
            }
            throw new IOException("The region of S3 is not known: set AWS_REGION, or write it behind the name, as in "
                    + "s3://bucket/key?region=eu-central-1", unknown);
        }
    }

    /** The SDK reads these itself; here they decide about path style. */
    private static Optional<URI> endpointOfEnvironment() {
        for (String name : new String[]{"AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"}) {
            String value = System.getenv(name);
            if (value != null && !value.isEmpty()) {
                return Optional.of(URI.create(value));
            }
        }
        return Optional.ofNullable(System.getProperty("aws.endpointUrlS3")).or(
                () -> Optional.ofNullable(System.getProperty("aws.endpointUrl"))).map(URI::create);
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
