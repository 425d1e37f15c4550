/** Compression, encryption and stores for the streams of backups. */
module io.github.sqlvdi.storage {
    requires transitive io.github.sqlvdi.api;
    requires static com.github.luben.zstd_jni;
    requires static org.jspecify;

    exports io.github.sqlvdi.storage;
}
