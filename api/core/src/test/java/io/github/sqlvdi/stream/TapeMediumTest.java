package io.github.sqlvdi.stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.testing.TestData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The movements of a tape's head, and what survives in its file. */
class TapeMediumTest {

    private static final int BLOCK = 512;

    @TempDir
    Path folder;

    private Path file;
    private TapeMedium tape;

    @BeforeEach
    void insertBlankTape() throws IOException {
        file = folder.resolve("tape");
        tape = TapeMedium.open(open(), BLOCK);
    }

    @AfterEach
    void takeTapeOut() throws IOException {
        tape.close();
    }

    private FileChannel open() throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private void insertAgain() throws IOException {
        tape.sync();
        tape.close();
        tape = TapeMedium.open(open(), BLOCK);
    }

    /** Two blocks, mark, one block, mark, mark, a short block: addresses 0 1 | 2 | 3 | 4 5 | 6. */
    private byte[] record() throws IOException {
        byte[] data = TestData.bytes(3 * BLOCK + 100, 5);
        tape.write(ByteBuffer.wrap(data, 0, 2 * BLOCK));
        tape.writeMark(0);
        tape.write(ByteBuffer.wrap(data, 2 * BLOCK, BLOCK));
        tape.writeMark(0);
        tape.writeMark(0);
        tape.write(ByteBuffer.wrap(data, 3 * BLOCK, 100));
        return data;
    }

    private byte[] read(int size, TapeStop expected) throws IOException {
        ByteBuffer target = ByteBuffer.allocate(size);
        assertEquals(expected, tape.read(target));
        return Arrays.copyOf(target.array(), target.position());
    }

    @Test
    void filemarksStopReadsAndTheEndIsTold() throws IOException {
        byte[] data = record();
        insertAgain();
        assertArrayEquals(Arrays.copyOfRange(data, 0, 1024), read(4096, TapeStop.FILEMARK));
        assertArrayEquals(Arrays.copyOfRange(data, 1024, 1536), read(512, TapeStop.NONE));
        assertEquals(0, read(512, TapeStop.FILEMARK).length);
        assertEquals(0, read(512, TapeStop.FILEMARK).length);
        assertArrayEquals(Arrays.copyOfRange(data, 1536, 1636), read(512, TapeStop.END_OF_DATA));
        assertEquals(0, read(512, TapeStop.END_OF_DATA).length);
    }

    @Test
    void addressesCountBlocksAndMarks() throws IOException {
        record();
        assertEquals(7, tape.address());
        for (long address = 0; address <= 7; address++) {
            assertEquals(TapeStop.NONE, tape.seek(address));
            assertEquals(address, tape.address());
        }
        assertEquals(TapeStop.END_OF_DATA, tape.seek(8));
        assertEquals(7, tape.address());
        assertEquals(TapeStop.BEGINNING, tape.seek(-1));
        assertEquals(0, tape.address());
    }

    @Test
    void skippedMarksEndBehindThemForwardAndBeforeThemBackward() throws IOException {
        record();
        tape.rewind();
        assertEquals(TapeStop.NONE, tape.skipMarks(1));
        assertEquals(3, tape.address());
        assertEquals(TapeStop.NONE, tape.skipMarks(2));
        assertEquals(6, tape.address());
        assertEquals(TapeStop.END_OF_DATA, tape.skipMarks(1));
        assertEquals(7, tape.address());
        assertEquals(TapeStop.NONE, tape.skipMarks(-1));
        assertEquals(5, tape.address());
        assertEquals(TapeStop.NONE, tape.skipMarks(-2));
        assertEquals(2, tape.address());
        assertEquals(TapeStop.BEGINNING, tape.skipMarks(-1));
        assertEquals(0, tape.address());
        assertEquals(TapeStop.BEGINNING, tape.skipMarks(Integer.MIN_VALUE));
    }

    @Test
    void skippedBlocksStopAtAMark() throws IOException {
        record();
        tape.rewind();
        assertEquals(TapeStop.NONE, tape.skipBlocks(2));
        assertEquals(2, tape.address());
        assertEquals(TapeStop.FILEMARK, tape.skipBlocks(1));
        assertEquals(3, tape.address());
        assertEquals(TapeStop.NONE, tape.skipBlocks(1));
        assertEquals(TapeStop.NONE, tape.seek(6));
        assertEquals(TapeStop.END_OF_DATA, tape.skipBlocks(2));
        assertEquals(TapeStop.NONE, tape.skipBlocks(-1));
        assertEquals(6, tape.address());
        assertEquals(TapeStop.FILEMARK, tape.skipBlocks(-1));
        assertEquals(5, tape.address());
        assertEquals(TapeStop.NONE, tape.seek(1));
        assertEquals(TapeStop.BEGINNING, tape.skipBlocks(-2));
    }

    @Test
    void writingInTheMiddleDropsWhatFollows() throws IOException {
        byte[] data = record();
        tape.seek(1);
        tape.write(ByteBuffer.wrap(new byte[BLOCK]));
        insertAgain();
        byte[] all = read(4096, TapeStop.END_OF_DATA);
        assertEquals(1024, all.length);
        assertArrayEquals(Arrays.copyOf(data, BLOCK), Arrays.copyOf(all, BLOCK));
        assertEquals(2, tape.address());
    }

    @Test
    void softMarksTakeRoomAndStopReadsTheSame() throws IOException {
        tape.write(ByteBuffer.wrap(new byte[BLOCK]));
        tape.writeMark(1024);
        assertEquals(BLOCK + 1024, tape.offset());
        tape.write(ByteBuffer.wrap(new byte[BLOCK]));
        insertAgain();
        assertEquals(BLOCK, read(4096, TapeStop.FILEMARK).length);
        assertEquals(BLOCK, read(4096, TapeStop.END_OF_DATA).length);
        assertEquals(3, tape.address());
    }

    @Test
    void blankTapeHasNoData() throws IOException {
        assertEquals(0, read(512, TapeStop.END_OF_DATA).length);
        assertEquals(0, tape.address());
        insertAgain();
        assertEquals(0, read(512, TapeStop.END_OF_DATA).length);
    }

    @Test
    void anyFileThatIsNoTapeIsRefused() throws IOException {
        Files.write(file, TestData.bytes(10_000, 1));
        FileChannel refused = open();
        IOException refusal = assertThrows(IOException.class, () -> TapeMedium.open(refused, BLOCK));
        assertFalse(refused.isOpen());
        assertTrue(refusal.getMessage().contains("10,000 bytes does not end with the index"), refusal.getMessage());
        Files.write(file, new byte[3]);
        assertThrows(IOException.class, () -> TapeMedium.open(open(), BLOCK));
    }

    @Test
    void everyDamagedByteOfTheIndexIsNoticed() throws IOException {
        record();
        insertAgain();
        byte[] image = Files.readAllBytes(file);
        int data = 3 * BLOCK + 100;
        for (int at = data; at < image.length - 4; at++) { // the last four bytes are unused
            byte[] damaged = image.clone();
            damaged[at] ^= 0x40;
            Files.write(file, damaged);
            int where = at;
            assertThrows(IOException.class, () -> TapeMedium.open(open(), BLOCK), () -> "byte " + where);
        }
    }

    @Test
    void dataThatIsMissingIsAnError() throws IOException {
        record();
        tape.sync();
        tape.rewind();
        try (FileChannel other = open()) {
            other.truncate(700);
        }
        assertThrows(IOException.class, () -> tape.read(ByteBuffer.allocate(1024)));
    }

    /** Random writes, marks and movements agree with a list of blocks and marks. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void agreesWithAListOfBlocksAndMarks(long seed) throws IOException {
        Random random = new Random(seed);
        List<byte[]> model = new ArrayList<>(); // null is a mark
        int head = 0;
        for (int step = 0; step < 2_000; step++) {
            switch (random.nextInt(6)) {
                case 0 -> {
                    byte[] block = TestData.bytes(BLOCK, step);
                    tape.write(ByteBuffer.wrap(block));
                    model.subList(head++, model.size()).clear();
                    model.add(block);
                }
                case 1 -> {
                    tape.writeMark(0);
                    model.subList(head++, model.size()).clear();
                    model.add(null);
                }
                case 2 -> {
                    byte[] expected = head < model.size() ? model.get(head) : new byte[0];
                    ByteBuffer target = ByteBuffer.allocate(BLOCK);
                    tape.read(target);
                    assertArrayEquals(expected == null ? new byte[0] : expected,
                            Arrays.copyOf(target.array(), target.position()), "step " + step);
                    head += head < model.size() ? 1 : 0;
                }
                case 3 -> head = skipMarks(model, head, random.nextInt(7) - 3);
                case 4 -> head = skipBlocks(model, head, random.nextInt(9) - 4);
                default -> {
                    head = random.nextInt(model.size() + 1);
                    tape.seek(head);
                }
            }
            assertEquals(head, tape.address(), "step " + step);
            if (step % 500 == 0) {
                insertAgain();
                tape.seek(head);
            }
        }
    }

    private int skipMarks(List<byte[]> model, int head, int count) {
        tape.skipMarks(count);
        int at = head;
        int left = Math.abs(count);
        while (left > 0 && (count > 0 ? at < model.size() : at > 0)) {
            at += count > 0 ? 1 : -1;
            left -= model.get(count > 0 ? at - 1 : at) == null ? 1 : 0;
        }
        return at;
    }

    private int skipBlocks(List<byte[]> model, int head, int count) {
        tape.skipBlocks(count);
        int at = head;
        for (int left = Math.abs(count); left > 0 && (count > 0 ? at < model.size() : at > 0); left--) {
            at += count > 0 ? 1 : -1;
            if (model.get(count > 0 ? at - 1 : at) == null) {
                break;
            }
        }
        return at;
    }
}
