package io.github.sqlvdi.mtf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of the documentation do what it says. */
class StreamExampleTest {

    @TempDir
    private Path folder;

    @Test
    void examplesRun() throws IOException {
        Path file = folder.resolve("stripe");
        Files.write(file, Streams.bytes(StreamExample.generate()));
        assertEquals("FULL backup of Sales up to LSN 34000000002400001: whole, and its checksums hold",
                StreamExample.inspect(file));
    }
}
