package io.github.sqlvdi.peers;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Builds the libraries that have the embedded VDI inside, with the command that users have for it. */
public final class HostBuild {

    private static final Path BUILD = Path.of("../../samples/src/main/c/build");

    private HostBuild() {
    }

    /** Writes {@code libsqlvdi.so} and {@code libvdihost.so}; aborts or fails the test where a compiler is missing. */
    public static void linux(Path folder) {
        Path home = Path.of(System.getProperty("java.home"));
        assumeTrue(Files.exists(home.resolve("include/jni.h")), "this Java has no jni.h: it is no JDK");
        NativeBuild.run(List.of("env", "JAVA_HOME=" + home,
                "CC=" + NativeBuild.required("C compiler", "gcc", "CC", "gcc", "cc", "clang"),
                "CXX=" + NativeBuild.required("C++ compiler", "g++", "CXX", "g++", "c++", "clang++"),
                BUILD.toString(), "-o", folder.toString(), "linux"));
    }
}
