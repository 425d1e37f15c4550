package io.github.sqlvdi.storage.s3;

// listing: offsite
import io.github.sqlvdi.jdbc.BackupPlan;
import io.github.sqlvdi.jdbc.BackupSetFiles;
import io.github.sqlvdi.jdbc.SqlServer;
import io.github.sqlvdi.storage.Age;
import io.github.sqlvdi.storage.Zstd;
import io.github.sqlvdi.storage.store.Stores;
import io.github.sqlvdi.storage.store.WriteOptions;
import io.github.sqlvdi.stream.JobDevice;
import io.github.sqlvdi.stream.JobResult;
import io.github.sqlvdi.stream.Pipeline;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Backups of the database sales in S3, compressed and encrypted, and their restore on another server. */
final class Offsite {

    /** {@code {name}} stands for the name of a backup. */
    private final String place;

    Offsite(String place) {
        this.place = place;
    }

    /** A full backup with two devices. Nights that follow call it with differential() or log(), and one device. */
    void full(DataSource source, String name, Path recipients) throws Exception {
        backUp(SqlServer.of(source).backup("sales").checksum(), List.of(name + "-1", name + "-2"), recipients);
    }

    void log(DataSource source, String name, Path recipients) throws Exception {
        backUp(SqlServer.of(source).backup("sales").log().checksum(), List.of(name), recipients);
    }

    private void backUp(BackupPlan plan, List<String> names, Path recipients) throws Exception {
        Age age = Age.withoutKeys().withRecipients(recipients);
        try (Stores stores = new Stores();
                Pipeline pipeline = Pipeline.builder().codec(Zstd.level(3)).codec(age).build()) {
            List<JobDevice> devices = new ArrayList<>();
            for (String name : names) {
                String object = place.replace("{name}", name + pipeline.suffix()); // .zst.age
                devices.add(stores.writing(object, WriteOptions.NEW, pipeline));
            }
            JobResult result = plan.to(devices).run().orThrow();
            System.out.println(names + ": " + result.bytes() + " bytes, stored as " + result.storedBytes());
        }
    }

    /** Restores what is needed for a time. The files go where the other server can have them. */
    List<JobResult> restore(DataSource other, String database, Path identities, LocalDateTime time) throws Exception {
        Age age = Age.withoutKeys().withIdentities(identities);
        try (Stores stores = new Stores();
                Pipeline pipeline = Pipeline.builder().codec(Zstd.level(3)).codec(age).build()) {
            List<BackupSetFiles> sets = BackupSetFiles.group(stores.backups(place.replace("{name}", "")).stream()
                    .map(stream -> stream.through(pipeline)).toList());
            List<JobResult> results = SqlServer.of(other).restoreChain(database).add(sets).stopAt(time).run();
            results.getLast().orThrow();
            return results;
        }
    }
}
// end
