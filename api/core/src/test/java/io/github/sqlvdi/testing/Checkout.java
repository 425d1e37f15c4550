package io.github.sqlvdi.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The checkout that the tests run in. */
public final class Checkout {

    /** The artifacts, as folders of the checkout. */
    public static final List<String> ARTIFACTS =
            List.of("bindings", "api/core", "api/emulator", "api/storage", "benchmarks", "samples");

    private Checkout() {
    }

    /** Returns the folder of the artifact whose tests run. */
    public static Path module() {
        return Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    }

    /** Returns the folder at the top, which holds {@code docs}. */
    public static Path root() {
        for (Path folder = module(); folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve("docs/architecture.md"))) {
                return folder;
            }
        }
        throw new AssertionError("no folder above " + module() + " has docs/architecture.md");
    }

    /** Returns the table of floors. */
    public static Floors floors() throws IOException {
        return Floors.of(Files.readAllLines(root().resolve("docs/architecture.md")));
    }
}
