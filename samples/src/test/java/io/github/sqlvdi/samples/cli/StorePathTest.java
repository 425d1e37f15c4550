package io.github.sqlvdi.samples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.samples.cli.Launcher.Result;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Places in stores on the command line. */
class StorePathTest {

    /** Nothing listens on port 1. */
    private static final String CLOSED = "?endpoint=http://127.0.0.1:1&timeout=1";

    @Test
    void siblingHasTheStoreAndItsParameters() {
        StorePath place = (StorePath) StorePath.of("s3://bucket/a b/x.bak" + CLOSED);
        assertEquals("x.bak", place.getFileName().toString());
        StorePath sibling = (StorePath) place.resolveSibling("y.bak");
        assertEquals("s3://bucket/a b/y.bak", sibling.toString());
        assertEquals(place.place().parameters(), sibling.place().parameters());
    }

    @Test
    void filesStayFiles() {
        for (String name : List.of("a.bak", "./-", "-", "/tmp/a?b.bak")) {
            assertFalse(StorePath.isStore(StorePath.of(name)), name);
            assertEquals(Path.of(name), StorePath.of(name));
        }
    }

    @Test
    void stripesGetTheirNumbers() {
        List<Path> names =
                DeviceFiles.forDevices(null, List.of(StorePath.of("s3://bucket/a/x-{stripe}.bak" + CLOSED)), 3);
        assertEquals(List.of("s3://bucket/a/x-1.bak", "s3://bucket/a/x-2.bak", "s3://bucket/a/x-3.bak"),
                names.stream().map(Path::toString).toList());
    }

    @Test
    void wrongParameterEndsWithTheCodeOfTheCommandLine() {
        Result result = InProcess.run("backup", "-g", "1M", "s3://bucket/x?colour=red");
        assertEquals(2, result.exitCode());
        assertTrue(result.err().contains("no parameter \"colour\""), result::err);
    }

    @Test
    void tapeInAStoreIsRefused() {
        Result result = InProcess.run("backup", "-c", "tape", "-g", "1M", "s3://bucket/x" + CLOSED);
        assertEquals(2, result.exitCode());
        assertTrue(result.err().contains("needs --class pipe"), result::err);
    }

    @Test
    void placeThatIsNamedTwiceIsRefused() {
        Result result = InProcess.run("backup", "-g", "1M", "s3://bucket/x" + CLOSED, "s3://bucket/x" + CLOSED);
        assertEquals(1, result.exitCode());
        assertTrue(result.err().contains("is named twice"), result::err);
    }

    @Test
    void storeThatCannotBeReachedIsTold() {
        String before = System.setProperty("aws.accessKeyId", "test");
        System.setProperty("aws.secretAccessKey", "test");
        try {
            Result result = InProcess.run("backup", "-p", "none", "-g", "1M", "s3://bucket/x" + CLOSED);
            assertEquals(1, result.exitCode());
            assertTrue(result.err().contains("s3://bucket/x") && result.err().contains("no target was kept"),
                    result::err);
        } finally {
            System.clearProperty("aws.secretAccessKey");
            if (before == null) {
                System.clearProperty("aws.accessKeyId");
            }
        }
    }
}
