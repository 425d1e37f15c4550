package io.github.sqlvdi.peers;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** Builds the libraries that have the embedded VDI inside, with the command that users have for it. */
public final class HostBuild {

    private static final Path BUILD = Path.of("../../samples/src/main/c/build");
    private static final Path HEADERS = Path.of("../../bindings/src/main/c/sqlvdi");

    private HostBuild() {
    }

    /** Writes {@code libsqlvdi.so} and {@code libvdihost.so}; aborts or fails the test where a compiler is missing. */
    public static void linux(Path folder) {
        Path home = Path.of(System.getProperty("java.home"));
        assumeTrue(Files.exists(home.resolve("include/jni.h")), "this Java has no jni.h: it is no JDK");
        List<String> variables = List.of("JAVA_HOME=" + home,
                "CC=" + NativeBuild.required("C compiler", "gcc", "CC", "gcc", "cc", "clang"),
                "CXX=" + NativeBuild.required("C++ compiler", "g++", "CXX", "g++", "c++", "clang++"));
        try {
            Path built = NativeCache.folder("host", List.of(BUILD.getParent(), HEADERS), variables, made -> {
                List<String> command = new ArrayList<>(List.of("env"));
                command.addAll(variables);
                command.addAll(List.of(BUILD.toString(), "-o", made.toString(), "linux"));
                NativeBuild.run(command);
            });
            for (String library : List.of("libsqlvdi.so", "libvdihost.so")) {
                Files.copy(built.resolve(library), folder.resolve(library), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
