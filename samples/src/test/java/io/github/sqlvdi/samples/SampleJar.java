package io.github.sqlvdi.samples;

import io.github.sqlvdi.testing.ClassArchive;
import java.nio.file.Path;
import java.util.List;

/** The one jar of the command line and the one-file programs, as this build made it. */
public final class SampleJar {

    static final Path PATH = Path.of("target", "sqlvdi.jar");

    private SampleJar() {
    }

    /** {@return options of a JVM that starts quicker from the jar} */
    public static List<String> archive() {
        return ClassArchive.options(PATH, "demo", "--size", "1M");
    }
}
