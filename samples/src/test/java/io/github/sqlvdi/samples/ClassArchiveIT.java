package io.github.sqlvdi.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.sqlvdi.samples.NativeClient.Ended;
import io.github.sqlvdi.testing.Patience;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A native client starts with the archive of classes, and as well, without a word, with one that is of no use. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "libsqlvdi.so is for Linux")
class ClassArchiveIT {

    @TempDir
    private static Path folder;
    private static Path jar;
    private static Path archive;
    private static Path kept;
    private static Path first;

    /** What may have happened to an archive. */
    enum Harm {
        HEADER {
            @Override
            void doTo(FileChannel file) throws IOException {
                file.write(ByteBuffer.allocate(64), 8);
            }
        },
        MIDDLE {
            @Override
            void doTo(FileChannel file) throws IOException {
                file.write(ByteBuffer.allocate(4_096), file.size() / 2);
            }
        },
        EVERY_MEBIBYTE {
            @Override
            void doTo(FileChannel file) throws IOException {
                ByteBuffer one = ByteBuffer.allocate(1);
                for (long at = 1 << 20; at < file.size(); at += 1 << 20) {
                    file.read(one.clear(), at);
                    one.put(0, (byte) ~one.get(0));
                    file.write(one.flip(), at);
                }
            }
        },
        HALF {
            @Override
            void doTo(FileChannel file) throws IOException {
                file.truncate(file.size() / 2);
            }
        },
        EMPTY {
            @Override
            void doTo(FileChannel file) throws IOException {
                file.truncate(0);
            }
        };

        abstract void doTo(FileChannel file) throws IOException;
    }

    @BeforeAll
    static void build() throws Exception {
        NativeBuild.linux(folder);
        jar = Files.copy(Path.of("target", "sqlvdi.jar"), folder.resolve("sqlvdi.jar"));
        archive = folder.resolve("sqlvdi.jsa");
        NativeBuild.archive(folder, jar);
        kept = Files.copy(archive, folder.resolve("kept"));
        first = NativeBuild.program(folder, Path.of("src/main/c/first.cpp"));
    }

    private static void restoreArchive() throws IOException {
        Files.copy(kept, archive, StandardCopyOption.REPLACE_EXISTING);
    }

    /** How many classes of sqlvdi the client's JVM takes out of the archive. */
    private static long classesOfTheArchive() throws Exception {
        Ended ended = new NativeClient(folder, jar).with("SQLVDI_LOG", "all")
                .with("SQLVDI_JAVA_OPTIONS", "-Xlog:class+load").run(first);
        assertEquals(0, ended.exitCode(), ended::toString);
        assertTrue(ended.errors().contains("io.github.sqlvdi.embedded.VdiClassObjects"), "the log of classes");
        return ended.errors().lines().filter(line -> line.contains("io.github.sqlvdi.")
                && line.contains("shared objects file")).count();
    }

    private static void clientIsGoodAndSilentWithoutTheArchive() throws Exception {
        assertEquals(0, classesOfTheArchive());
        assertEquals(new Ended(0, "", ""), new NativeClient(folder, jar).run(first));
    }

    @Test
    void archiveHasTheClassesOfAFirstCreate() throws Exception {
        restoreArchive();
        assertTrue(classesOfTheArchive() > 100);
        assertEquals(new Ended(0, "", ""), new NativeClient(folder, jar).run(first));
    }

    @ParameterizedTest
    @ValueSource(strings = {"r--r--r--", "---------"})
    void modeOfTheArchiveDoesNotMatter(String mode) throws Exception {
        restoreArchive();
        Files.setPosixFilePermissions(archive, PosixFilePermissions.fromString(mode));
        boolean readable = Files.isReadable(archive); // root reads everything
        assertEquals(readable, classesOfTheArchive() > 100);
        assertEquals(new Ended(0, "", ""), new NativeClient(folder, jar).run(first));
        Files.delete(archive);
    }

    @Test
    void missingArchiveIsDoneWithout() throws Exception {
        Files.deleteIfExists(archive);
        clientIsGoodAndSilentWithoutTheArchive();
    }

    @ParameterizedTest
    @EnumSource
    void damagedArchiveIsDoneWithout(Harm harm) throws Exception {
        restoreArchive();
        try (FileChannel file = FileChannel.open(archive, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            harm.doTo(file);
        }
        clientIsGoodAndSilentWithoutTheArchive();
    }

    @Test
    void folderInItsPlaceIsDoneWithout() throws Exception {
        Files.deleteIfExists(archive);
        Files.createDirectory(archive);
        clientIsGoodAndSilentWithoutTheArchive();
        Files.delete(archive);
    }

    @Test
    void archiveOfAnotherJarIsDoneWithout() throws Exception {
        restoreArchive();
        FileTime time = Files.getLastModifiedTime(jar);
        Files.setLastModifiedTime(jar, FileTime.fromMillis(time.toMillis() + 10_000));
        try {
            clientIsGoodAndSilentWithoutTheArchive();
        } finally {
            Files.setLastModifiedTime(jar, time);
        }
    }

    @Test
    void archiveOfAnotherJvmIsDoneWithout() throws Exception {
        Path java = otherJava().orElse(null);
        assumeTrue(java != null, "no other Java is below /usr/lib/jvm");
        Files.deleteIfExists(archive);
        Process dump = new ProcessBuilder(java.toString(), "-Xshare:dump", "-XX:SharedArchiveFile=" + archive)
                .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        assertTrue(dump.waitFor(Patience.SECONDS, TimeUnit.SECONDS), "the other Java writes its archive");
        assumeTrue(dump.exitValue() == 0 && Files.exists(archive), java + " writes no archive");
        clientIsGoodAndSilentWithoutTheArchive();
    }

    private static Optional<Path> otherJava() throws IOException {
        Path folderOfJvms = Path.of("/usr/lib/jvm");
        if (!Files.isDirectory(folderOfJvms)) {
            return Optional.empty();
        }
        Path own = Path.of(System.getProperty("java.home")).toRealPath();
        try (Stream<Path> jvms = Files.list(folderOfJvms)) {
            for (Path jvm : jvms.toList()) {
                Path java = jvm.resolve("bin/java");
                if (Files.isExecutable(java) && !java.toRealPath().startsWith(own)) {
                    return Optional.of(java);
                }
            }
        }
        return Optional.empty();
    }
}
