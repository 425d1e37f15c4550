package io.github.sqlvdi.stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupSourceTest {

    private static final byte[] MANIFEST = "manifest".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    private Path folder;

    @Test
    void fileWithoutManifestHasNoneAndItsSizeIsKnownAfterBegin() throws IOException {
        Path file = Files.write(folder.resolve("plain.bak"), new byte[5]);
        try (BackupSource source = BackupSource.of(file)) {
            source.begin();
            assertEquals(5, source.size());
            assertTrue(source.manifest().isEmpty());
            assertEquals(file.toString(), source.name());
        }
    }

    @Test
    void manifestIsFoundThoughTheNameIsTooLongForItsSuffix() throws IOException {
        Path file = Files.write(folder.resolve("n".repeat(250)), new byte[1]);
        Files.write(Manifest.beside(file), MANIFEST);
        try (BackupSource source = BackupSource.of(file)) {
            assertArrayEquals(MANIFEST, source.manifest().orElseThrow());
        }
    }

    @Test
    void manifestIsBesideTheFileThatALinkLeadsTo() throws IOException {
        Path file = Files.write(Files.createDirectory(folder.resolve("other")).resolve("file.bak"), new byte[1]);
        Files.write(Manifest.beside(file), MANIFEST);
        Path link = Files.createSymbolicLink(folder.resolve("link.bak"), file);
        assumeTrue(Files.isSymbolicLink(link), "this system says that it makes symbolic links, but makes none");
        try (BackupSource source = BackupSource.of(link)) {
            assertArrayEquals(MANIFEST, source.manifest().orElseThrow());
        }
    }

    @Test
    void fileThatIsMissingIsFoundAtTheBeginning() throws IOException {
        try (BackupSource source = BackupSource.of(folder.resolve("missing"))) {
            assertThrows(NoSuchFileException.class, source::begin);
        }
    }
}
