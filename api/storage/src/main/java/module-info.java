/** Compression, encryption and stores for the streams of backups. */
module io.github.sqlvdi.storage {
    requires transitive io.github.sqlvdi.api;
    requires com.exceptionfactory.jagged;
    requires com.exceptionfactory.jagged.framework;
    requires com.exceptionfactory.jagged.x25519;
    requires static com.github.luben.zstd_jni;
    requires static org.bouncycastle.provider;
    requires static org.jspecify;

    exports io.github.sqlvdi.storage;
}
