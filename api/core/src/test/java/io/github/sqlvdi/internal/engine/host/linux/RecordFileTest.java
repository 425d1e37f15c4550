package io.github.sqlvdi.internal.engine.host.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.internal.engine.host.Keys;
import io.github.sqlvdi.internal.engine.host.members.SetRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@EnabledOnOs(OS.LINUX)
class RecordFileTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"", "name", "../../etc/passwd", "Sicherung übers Netz \uD83D\uDCBE",
        "\uD800 alone", "a\0b"})
    void recordComesBackAsWritten(String name) throws IOException {
        SetRecord record = record("INST", name);
        RecordFile.write(record, folder);
        assertEquals(record, RecordFile.read(folder));
    }

    @Test
    void longestNamesFit() throws IOException {
        SetRecord record = record("x".repeat(SetRecord.MAX_CHARACTERS), "y".repeat(SetRecord.MAX_CHARACTERS));
        SetRecord.requireNames(record.instance(), record.name());
        RecordFile.write(record, folder);
        assertEquals(record, RecordFile.read(folder));
    }

    @Test
    void longerNamesAreRefused() {
        String tooLong = "x".repeat(SetRecord.MAX_CHARACTERS + 1);
        assertThrows(IllegalArgumentException.class, () -> SetRecord.requireNames(tooLong, ""));
        assertThrows(IllegalArgumentException.class, () -> SetRecord.requireNames("", tooLong));
    }

    @Test
    void recordIsNeverOverwritten() throws IOException {
        RecordFile.write(record("", "name"), folder);
        assertThrows(FileAlreadyExistsException.class, () -> RecordFile.write(record("", "other"), folder));
    }

    @Test
    void missingRecordIsNamed() {
        assertThrows(NoSuchFileException.class, () -> RecordFile.read(folder));
    }

    @Test
    void everyTruncationIsNoticed() throws IOException {
        byte[] whole = bytes();
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThrows(IOException.class, () -> reread(cut), "cut to " + length);
        }
        assertThrows(IOException.class, () -> reread(Arrays.copyOf(whole, whole.length + 1)));
    }

    @Test
    void otherVersionIsNamedWithBothNumbers() throws IOException {
        byte[] other = bytes();
        ByteBuffer.wrap(other).putInt(8, 3);
        IOException e = assertThrows(IOException.class, () -> reread(other));
        assertTrue(e.getMessage().contains("version 3; expected 2"), e.getMessage());
    }

    @Test
    void damagedRecordsGiveARecordOrAnIOException() throws IOException {
        Random random = new Random(20_260_101);
        byte[] whole = bytes();
        int refused = 0;
        for (int i = 0; i < 2_000; i++) {
            byte[] damaged = whole.clone();
            for (int n = random.nextInt(4); n >= 0; n--) {
                damaged[random.nextInt(24)] = (byte) random.nextInt();
            }
            try {
                reread(damaged);
            } catch (IOException e) {
                refused++;
            }
        }
        assertTrue(refused > 1_500, "refused " + refused);
    }

    private static SetRecord record(String instance, String name) {
        return new SetRecord(Keys.of(4711, 12), instance, name);
    }

    private byte[] bytes() throws IOException {
        RecordFile.write(record("INSTANCE", "name"), folder);
        return Files.readAllBytes(folder.resolve(RecordFile.NAME));
    }

    private SetRecord reread(byte[] content) throws IOException {
        Files.write(folder.resolve(RecordFile.NAME), content);
        return RecordFile.read(folder);
    }
}
