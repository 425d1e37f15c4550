package io.github.sqlvdi.storage.s3;

import io.github.sqlvdi.VdiProvider;
import io.github.sqlvdi.codec.Codec;
import io.github.sqlvdi.emulator.sqlserver.EmulatedSqlServer;
import io.github.sqlvdi.jdbc.BackupPlan;
import io.github.sqlvdi.jdbc.SqlServer;
import io.github.sqlvdi.storage.AgeStreams.Key;
import io.github.sqlvdi.storage.Gzip;
import io.github.sqlvdi.storage.Zstd;
import io.github.sqlvdi.storage.store.Stores;
import io.github.sqlvdi.storage.store.WriteOptions;
import io.github.sqlvdi.stream.JobDevice;
import io.github.sqlvdi.stream.Pipeline;
import io.github.sqlvdi.stream.StoredStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A chain of backups of one database, each in a format of its own: a full backup of two stripes, one compressed and
 * encrypted and one plain, a differential in gzip, a log in zstd and a plain one in a file.
 */
final class StoredChain implements Closeable {

    static final List<String> OBJECTS =
            List.of("chain/full-1.zst.age", "chain/full-2", "chain/diff.gz", "chain/log1.zst");

    final EmulatedSqlServer emulated;
    final SqlServer server;
    final Stores stores = new Stores();
    final Key key;
    /** A log in a file. */
    final Path log;
    private final UnaryOperator<String> names;
    private final Pipeline reading;

    StoredChain(Path folder, UnaryOperator<String> names) throws Exception {
        this.names = names;
        key = Key.create(folder, "key");
        log = folder.resolve("log2");
        emulated = EmulatedSqlServer.builder().database("sales", 4 << 20).start();
        server = SqlServer.at(emulated.jdbcUrl()).provider(VdiProvider.EMBEDDED);
        reading = readers(key);
        try (Pipeline zstd = Pipeline.builder().codec(Zstd.level(1)).build();
                Pipeline gzip = Pipeline.builder().codec(Gzip.level(1)).build();
                Pipeline age = Pipeline.builder().codec(Zstd.level(1)).codec(key.encrypting()).build()) {
            List<JobDevice> full = new ArrayList<>();
            full.add(stores.writing(names.apply(OBJECTS.get(0)), WriteOptions.NEW, age));
            full.add(stores.writing(names.apply(OBJECTS.get(1)), WriteOptions.NEW));
            server.backup("sales").to(full).run().orThrow();
            backUp(server.backup("sales").differential(), OBJECTS.get(2), gzip);
            backUp(server.backup("sales").log(), OBJECTS.get(3), zstd);
            server.backup("sales").log().to(log).run().orThrow();
        }
    }

    /** {@return a pipeline that reads all formats with a key} */
    static Pipeline readers(Key key) throws IOException {
        Codec age = key.decrypting();
        return Pipeline.builder().codec(Zstd.level(1)).codec(Gzip.level(1)).codec(age).build();
    }

    private void backUp(BackupPlan plan, String name, Pipeline pipeline) throws Exception {
        plan.to(List.of(stores.writing(names.apply(name), WriteOptions.NEW, pipeline))).run().orThrow();
    }

    StoredStream stream(String name) throws IOException {
        return stores.stored(names.apply(name)).through(reading);
    }

    /** {@return all streams: those in the store and the file} */
    List<StoredStream> streams() throws IOException {
        List<StoredStream> streams = new ArrayList<>(stores.backups(names.apply("chain/")).stream()
                .map(stream -> stream.through(reading)).toList());
        streams.add(StoredStream.of(log));
        return streams;
    }

    @Override
    public void close() throws IOException {
        reading.close();
        emulated.close();
        stores.close();
    }
}
