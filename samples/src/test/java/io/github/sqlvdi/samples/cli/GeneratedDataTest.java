package io.github.sqlvdi.samples.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GeneratedDataTest {

    private static final int SIZE = 1_000_003;
    private static final int PAGE = 4096;

    @Test
    void dataIsTheSameHoweverItIsRead() throws IOException {
        byte[] atOnce = read(new GeneratedData(1, 0, SIZE), SIZE + 10);
        for (int piece : new int[]{7, 4096, 65_537}) {
            assertArrayEquals(atOnce, read(new GeneratedData(1, 0, SIZE), piece), "in pieces of " + piece);
        }
        assertEquals(SIZE, atOnce.length);
    }

    @Test
    void everyPageOfEveryDeviceDiffers() throws IOException {
        Set<ByteBuffer> pages = new HashSet<>();
        int count = 0;
        for (int device = 0; device < 3; device++) {
            byte[] data = read(new GeneratedData(1, device, SIZE), SIZE);
            for (int page = 0; page + PAGE <= SIZE; page += PAGE) {
                pages.add(ByteBuffer.wrap(Arrays.copyOfRange(data, page, page + PAGE)));
                count++;
            }
        }
        assertEquals(count, pages.size());
    }

    @Test
    void closedChannelIsNotRead() throws IOException {
        GeneratedData data = new GeneratedData(1, 0, SIZE);
        data.close();
        assertThrows(ClosedChannelException.class, () -> data.read(ByteBuffer.allocate(1)));
    }

    private static byte[] read(GeneratedData data, int piece) throws IOException {
        ByteBuffer all = ByteBuffer.allocate(SIZE + piece);
        while (true) {
            ByteBuffer part = all.slice(all.position(), piece);
            int count = data.read(part);
            if (count < 0) {
                return Arrays.copyOf(all.array(), all.position());
            }
            all.position(all.position() + count);
        }
    }
}
