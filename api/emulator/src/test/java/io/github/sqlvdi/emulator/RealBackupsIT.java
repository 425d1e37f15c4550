package io.github.sqlvdi.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.sqlvdi.Features;
import io.github.sqlvdi.VdiConfig;
import io.github.sqlvdi.stream.DeviceJob;
import io.github.sqlvdi.stream.JobDevice;
import io.github.sqlvdi.stream.JobResult;
import io.github.sqlvdi.stream.MediaCapacity;
import io.github.sqlvdi.stream.MediaFiles;
import io.github.sqlvdi.stream.TargetFile;
import io.github.sqlvdi.testing.TestData;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Backups that real SQL Servers wrote go through every class of device and come back byte for byte. They are not part of
 * the project: the folder is {@code ../shared/backups} beside the repository, or the system property
 * {@code sqlvdi.backups}.
 */
class RealBackupsIT {

    private static final List<List<String>> STATEMENTS = List.of(
            List.of("striped-2008r2.0.bak", "striped-2008r2.1.bak"), List.of("full-2008r2.bak"), List.of("diff.bak"),
            List.of("log.trn"), List.of("full-compressed.bak"));
    private static final long MEDIUM = 300_000;

    private enum Kind {
        PIPE(Features.LIKE_PIPE),
        TAPE(Features.LIKE_TAPE),
        DISK(Features.LIKE_DISK),
        REMOVABLE_DISK(Features.LIKE_DISK | Features.REMOVABLE);

        private final VdiConfig config;

        Kind(int features) {
            config = VdiConfig.builder().features(features)
                    .eomWarningSize((features & Features.REMOVABLE) != 0 ? 131_072 : 0).build();
        }

        private JobDevice device(Path file, boolean writing) {
            MediaFiles media = writing ? MediaFiles.writing(file, 100) : MediaFiles.reading(file);
            MediaCapacity capacity = (config.features() & Features.REMOVABLE) != 0
                    ? MediaCapacity.of(MEDIUM) : MediaCapacity.unlimited();
            return switch (this) {
                case PIPE -> writing ? JobDevice.toFile(file) : JobDevice.fromFile(file);
                case TAPE -> JobDevice.tape(media, capacity);
                case DISK, REMOVABLE_DISK -> JobDevice.disk(media, capacity);
            };
        }
    }

    private static final Path BACKUPS = Path.of(System.getProperty("sqlvdi.backups", "../../../shared/backups"));

    @TempDir
    Path folder;

    @BeforeEach
    void findBackups() {
        assumeTrue(Files.isDirectory(BACKUPS),
                () -> String.format(Locale.ROOT, "skipped: there is no folder %s with real backups; name one with ",
                        BACKUPS.toAbsolutePath().normalize()) + "-Dsqlvdi.backups=");
    }

    @ParameterizedTest
    @EnumSource
    void everyBackupComesBackByteForByte(Kind kind) throws IOException {
        for (List<String> names : STATEMENTS) {
            backup(kind, names);
            restore(kind, names);
            for (String name : names) {
                Path original = BACKUPS.resolve(name);
                assertEquals(-1, Files.mismatch(original, folder.resolve(name + ".restored")), name);
                boolean changed = Files.exists(folder.resolve(name + ".2"));
                assertEquals(kind.config.features() != (kind.config.features() & ~Features.REMOVABLE)
                        && Files.size(original) > MEDIUM, changed, name + ": media were changed");
            }
        }
    }

    private void backup(Kind kind, List<String> names) throws IOException {
        String set = TestData.setName();
        DeviceJob.Builder job = DeviceJob.backup(set).config(kind.config);
        EmulatedServer.Builder server = EmulatedServer.backup(set);
        List<FileChannel> sources = new ArrayList<>();
        for (String name : names) {
            sources.add(FileChannel.open(BACKUPS.resolve(name), StandardOpenOption.READ));
            server.source(sources.getLast());
            job.device(kind.device(folder.resolve(name), true));
        }
        assertGood(job.statement(server.build()).build().run());
        for (FileChannel source : sources) {
            source.close();
        }
    }

    private void restore(Kind kind, List<String> names) throws IOException {
        String set = TestData.setName();
        DeviceJob.Builder job = DeviceJob.restore(set).config(kind.config);
        // Restores need not use the transfer size of the backup (VDI reference 1.4).
        EmulatedServer.Builder server = EmulatedServer.restore(set).maxTransferSize(1 << 20);
        List<TargetFile> targets = new ArrayList<>();
        for (int device = 0; device < names.size(); device++) {
            String name = names.get(device);
            targets.add(TargetFile.create(folder.resolve(name + ".restored")));
            targets.getLast().begin();
            server.target(targets.getLast().channel());
            job.device(kind.device(folder.resolve(name), false));
        }
        assertGood(job.statement(server.build()).build().run());
        for (TargetFile target : targets) {
            target.keep();
        }
    }

    private static void assertGood(JobResult result) {
        assertTrue(result.good(), () -> result.failures().toString());
    }
}
