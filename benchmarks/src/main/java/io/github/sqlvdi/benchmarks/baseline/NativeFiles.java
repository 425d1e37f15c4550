package io.github.sqlvdi.benchmarks.baseline;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The compiled C baselines, unpacked from the jar into a folder that is deleted when the JVM ends. */
public final class NativeFiles {

    static final String FOLDER = "io/github/sqlvdi/benchmarks/baseline/native";
    static final String LIBRARY = System.mapLibraryName("sqlvdi-baselines");

    private static final Map<String, Path> UNPACKED = new ConcurrentHashMap<>();

    private NativeFiles() {
    }

    /** {@return whether the build had a C compiler, so that library and programs are there} */
    public static boolean exist() {
        return NativeFiles.class.getResource("native/" + LIBRARY) != null;
    }

    /**
     * {@return the file of the shared library of the baselines}
     *
     * @throws UnsupportedOperationException if the build had no C compiler
     */
    public static Path library() {
        return UNPACKED.computeIfAbsent(LIBRARY, NativeFiles::unpack);
    }

    /**
     * {@return the executable file of a program of the baselines}
     *
     * @param name its name without folder
     * @throws UnsupportedOperationException if the build had no C compiler
     */
    public static Path program(String name) {
        Path file = UNPACKED.computeIfAbsent(name, NativeFiles::unpack);
        if (!file.toFile().setExecutable(true, true)) {
            throw new UncheckedIOException(new IOException(file + " cannot be made executable"));
        }
        return file;
    }

    private static Path unpack(String name) {
        try (InputStream content = NativeFiles.class.getResourceAsStream("native/" + name)) {
            if (content == null) {
                throw new UnsupportedOperationException(
                        String.format(Locale.ROOT,
                                "the C baseline \"%s\" is not in this jar: build it on this kind of machine with a C "
                                        + "compiler",
                                name));
            }
            Path folder = Files.createTempDirectory("sqlvdi-benchmarks");
            Path file = folder.resolve(name);
            Files.copy(content, file);
            folder.toFile().deleteOnExit();
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unpack the C baseline " + name, e);
        }
    }
}
