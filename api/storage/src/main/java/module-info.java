/** Compression, encryption and stores for the streams of backups. */
@SuppressWarnings("requires-automatic") // the AWS SDK has no descriptors
module io.github.sqlvdi.storage {
    requires transitive io.github.sqlvdi.api;
    requires com.exceptionfactory.jagged;
    requires com.exceptionfactory.jagged.framework;
    requires com.exceptionfactory.jagged.x25519;
    requires static com.github.luben.zstd_jni;
    requires static org.bouncycastle.provider;
    requires static org.jspecify;
    // for s3: names only
    requires static io.netty.common;
    requires static io.netty.transport;
    requires static software.amazon.awssdk.auth;
    requires static software.amazon.awssdk.awscore;
    requires static software.amazon.awssdk.core;
    requires static software.amazon.awssdk.http.nio.netty;
    requires static software.amazon.awssdk.regions;
    requires static software.amazon.awssdk.retries;
    requires static software.amazon.awssdk.retries.api;
    requires static software.amazon.awssdk.services.s3;
    requires static org.reactivestreams;

    exports io.github.sqlvdi.storage;
    exports io.github.sqlvdi.storage.store;

    uses io.github.sqlvdi.storage.store.StoreProvider;
    provides io.github.sqlvdi.storage.store.StoreProvider with io.github.sqlvdi.storage.s3.S3StoreProvider;
}
