package io.github.sqlvdi.samples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.samples.cli.Launcher.Running;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher finds its JDK and its repository, and builds what is missing without getting in its own way. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the script of Linux; WindowsHabitsIT runs that of Windows")
class LauncherIT {

    @TempDir
    private Path folder;

    @Test
    void anyFolderAndAnyLinkWillDo() throws Exception {
        Path place = Files.createDirectories(folder.resolve("a folder/with spaces"));
        Path link = Files.createSymbolicLink(place.resolve("my link"), Launcher.repository().resolve("samples/sqlvdi"));
        String out = new Launcher(link, place).run("explain", "995").requireGood().out();
        assertTrue(out.contains("ERROR_OPERATION_ABORTED"), out);
        Files.delete(link);
    }

    @Test
    void javaHomeThatIsTooOldOrEmptyIsPassedOver() throws Exception {
        new Launcher(folder).with(Map.of("JAVA_HOME", folder.toString())).run("explain", "995").requireGood();
        new Launcher(folder).with(Map.of("JAVA_HOME", oldJava().toString())).run("explain", "995").requireGood();
    }

    @Test
    void demandedJavaHomeIsUsedOrRefused() throws Exception {
        Path own = Path.of(System.getProperty("java.home"));
        new Launcher(folder).with(Map.of("SQLVDI_JAVA_HOME", own.toString())).run("explain", "995").requireGood();
        new Launcher(folder).with(Map.of("SQLVDI_JAVA_HOME", oldJava().toString())).run("explain", "995")
                .requireFailure(1, "SQLVDI_JAVA_HOME is", "Java 22 or later", "unset it");
    }

    /** An archive of classes is made once, by one of several first starts; one that is damaged or of another jar does no harm. */
    @Test
    void archiveOfClassesNeverStandsInTheWay() throws Exception {
        Path root = folder.resolve("a repository");
        Path target = Files.createDirectories(root.resolve("samples/target"));
        for (String source : List.of("bindings/src/main", "api/core/src/main", "samples/src/main")) {
            Files.createDirectories(root.resolve(source));
        }
        for (String pom : List.of("", "bindings", "api/core", "samples")) {
            Files.createFile(root.resolve(pom).resolve("pom.xml"));
        }
        Path script = Files.copy(Launcher.repository().resolve("samples/sqlvdi"), root.resolve("samples/sqlvdi"));
        Path jar = Files.copy(Launcher.repository().resolve("samples/target/sqlvdi.jar"), target.resolve("sqlvdi.jar"));
        Launcher launcher = new Launcher(script, folder);
        Running first = launcher.start(List.of(), "explain", "995");
        Running second = launcher.start(List.of(), "explain", "3013");
        first.await().requireGood();
        second.await().requireGood();
        Path archive = archives(target).getFirst();
        assertEquals(1, archives(target).size());
        assertTrue(Files.size(archive) > 0);
        FileTime made = Files.getLastModifiedTime(archive);
        launcher.with(Map.of("SQLVDI_JAVA_OPTS", "-Xshare:on")).run("explain", "995").requireGood(); // it is used
        launcher.with(Map.of("SQLVDI_JAVA_OPTS", "-XX:-UseCompressedOops")).run("explain", "995").requireGood();

        byte[] content = Files.readAllBytes(archive);
        for (int i = 5_000; i > 4_900; i--) {
            content[content.length - i] ^= -1;
        }
        Files.write(archive, content);
        launcher.with(Map.of()).run("explain", "995").requireGood();
        Files.write(archive, Arrays.copyOf(content, content.length / 2));
        launcher.run("explain", "995").requireGood();
        Files.write(archive, new byte[0]); // none could be made
        launcher.run("explain", "995").requireGood();
        assertEquals(0, Files.size(archive), "one attempt is enough");

        Files.setLastModifiedTime(jar, FileTime.from(Instant.now().plusSeconds(2))); // another jar
        launcher.run("explain", "995").requireGood();
        assertTrue(Files.size(archive) > 0, "made again");
        assertTrue(Files.getLastModifiedTime(archive).compareTo(made) > 0);
    }

    private static List<Path> archives(Path target) throws IOException {
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(file -> file.toString().contains(".jsa")).toList();
        }
    }

    /** One whole build in all, because it takes as long as a class of tests; a mistake in the first artifact ends one early. */
    @Test
    void freshCloneIsBuiltOnceAndQuietlyByWhoeverComesFirst() throws Exception {
        Path clone = folder.resolve("a fresh clone");
        copyRepository(clone);
        Launcher launcher = new Launcher(clone.resolve("samples/sqlvdi"), folder).with(Map.of(
                "MAVEN_OPTS", "-Dmaven.repo.local=\"" + System.getProperty("maven.repository") + "\""));
        Path jar = clone.resolve("samples/target/sqlvdi.jar");
        Path source = clone.resolve("bindings/src/main/java/io/github/sqlvdi/bindings/Broken.java");

        Files.writeString(source, "package io.github.sqlvdi.bindings; class Broken { int no = \"number\"; }");
        launcher.run("explain", "995").requireFailure(1, "Broken.java", "incompatible types", "The build failed");
        assertFalse(Files.exists(jar), "a failed build makes no jar");

        Files.copy(Launcher.repository().resolve("samples/target/sqlvdi.jar"), jar);
        FileTime copied = Files.getLastModifiedTime(jar);
        launcher.run("explain", "995").requireGood();
        assertEquals(copied, Files.getLastModifiedTime(jar), "nothing was newer, so nothing was built");
        Files.setLastModifiedTime(source, FileTime.from(copied.toInstant().plusMillis(1)));
        launcher.run("explain", "995").requireFailure(1, "Broken.java", "The build failed");
        assertEquals(copied, Files.getLastModifiedTime(jar), "a failed build leaves the jar alone");

        Files.delete(source);
        Running first = launcher.start(List.of(), "explain", "995");
        Running second = launcher.start(List.of(), "explain", "3013");
        first.await().requireGood();
        second.await().requireGood();
        FileTime built = Files.getLastModifiedTime(jar);
        assertTrue(built.compareTo(copied) > 0, "a removed source means another jar");
        launcher.run("demo", "--size", "1M").requireGood();
        assertEquals(built, Files.getLastModifiedTime(jar), "nothing was newer, so nothing was built");
        assertFalse(Files.exists(clone.resolve("samples/target/sqlvdi.new.jar")));
    }

    /** A folder that looks like a Java 17. */
    private Path oldJava() throws IOException {
        Path home = folder.resolve("jdk-17");
        Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\nexit 3\n");
        assertTrue(java.toFile().setExecutable(true));
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"17.0.15\"\n");
        return home;
    }

    private static void copyRepository(Path target) throws IOException {
        Path root = Launcher.repository();
        Set<String> left = Set.of(".git", "target");
        Files.walkFileTree(root, new SimpleFileVisitor<>() {

            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                if (left.contains(directory.getFileName().toString())) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(target.resolve(root.relativize(directory)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, target.resolve(root.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
