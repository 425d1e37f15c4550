package io.github.sqlvdi.internal.engine.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.sqlvdi.internal.settings.Settings;
import io.github.sqlvdi.testing.Patience;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Gives each test a private directory of its own and demands afterwards that it is empty, and that no watch thread,
 * mapping or descriptor of ours is left in this process. In a static field: gives all tests of the class one directory, and
 * demands it after the last.
 */
public final class NothingRemains
        implements
            BeforeAllCallback,
            AfterAllCallback,
            BeforeEachCallback,
            AfterEachCallback {

    private Path parent;
    private String before;
    private List<Thread> threadsBefore;
    private List<String> mappingsBefore;
    private boolean ofTheClass;

    /** Returns the private directory of the test that runs. */
    public Path directory() {
        return parent.resolve("sets");
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        ofTheClass = true;
        begin();
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        end();
    }

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        if (!ofTheClass) {
            begin();
        }
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        if (!ofTheClass) {
            end();
        }
    }

    private void begin() throws IOException {
        parent = Files.createTempDirectory("sqlvdi-test");
        threadsBefore = watchThreads();
        mappingsBefore = HostProbe.current().mappings();
        before = System.getProperty(Settings.DIRECTORY);
        System.setProperty(Settings.DIRECTORY, directory().toString());
    }

    private void end() throws Exception {
        try {
            for (Thread thread : without(threadsBefore, watchThreads())) {
                thread.join(Patience.MILLIS);
            }
            assertEquals(List.of(), without(threadsBefore, watchThreads()), "watch threads");
            assertEquals(List.of(), names(directory()), "entries of the private directory");
            assertEquals(List.of(), HostProbe.current().openFiles(parent), "open descriptors");
            assertEquals(List.of(), without(mappingsBefore, HostProbe.current().mappings()),
                    "mappings and descriptors of regions");
        } finally {
            if (before == null) {
                System.clearProperty(Settings.DIRECTORY);
            } else {
                System.setProperty(Settings.DIRECTORY, before);
            }
            deleteAll(parent);
        }
    }

    /** Returns the names of what is in a directory; none if it does not exist. */
    public static List<String> names(Path directory) throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            entries.forEach(entry -> names.add(entry.getFileName().toString()));
        } catch (NoSuchFileException e) {
            return names;
        }
        return names;
    }

    private static <T> List<T> without(List<T> excepted, List<T> all) {
        return all.stream().filter(each -> !excepted.contains(each)).toList();
    }

    private static List<Thread> watchThreads() {
        return Thread.getAllStackTraces().keySet().stream().filter(t -> t.getName().startsWith("sqlvdi-watch-"))
                .filter(Thread::isAlive).toList();
    }

    private static void deleteAll(Path directory) throws IOException {
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
                Files.delete(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
