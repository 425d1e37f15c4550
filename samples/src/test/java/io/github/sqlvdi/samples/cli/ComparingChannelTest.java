package io.github.sqlvdi.samples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import org.junit.jupiter.api.Test;

class ComparingChannelTest {

    private static ComparingChannel expecting(int... bytes) {
        return new ComparingChannel("Device 1", Channels.newChannel(new ByteArrayInputStream(buffer(bytes).array())));
    }

    private static ByteBuffer buffer(int... bytes) {
        ByteBuffer buffer = ByteBuffer.allocate(bytes.length);
        for (int value : bytes) {
            buffer.put((byte) value);
        }
        return buffer.flip();
    }

    @Test
    void sameBytesInAnyPiecesAreIdentical() throws IOException {
        ComparingChannel channel = expecting(1, 2, 3, 4, 5);
        ByteBuffer first = buffer(1, 2);
        assertEquals(2, channel.write(first));
        assertEquals(0, first.remaining());
        assertEquals(0, channel.write(buffer()));
        assertEquals(3, channel.write(buffer(3, 4, 5)));
        assertEquals(5, channel.requireEnd());
    }

    @Test
    void differenceIsReportedWithItsPlace() throws IOException {
        ComparingChannel channel = expecting(1, 2, 3, 4, 5);
        channel.write(buffer(1, 2));
        assertEquals("Device 1 differs from what was backed up at byte 3",
                assertThrows(IOException.class, () -> channel.write(buffer(3, 0, 5))).getMessage());
    }

    @Test
    void tooManyBytesAreReported() throws IOException {
        ComparingChannel channel = expecting(1, 2);
        assertEquals("Device 1 is longer than the 2 bytes that were backed up",
                assertThrows(IOException.class, () -> channel.write(buffer(1, 2, 3))).getMessage());
    }

    @Test
    void missingBytesAreReported() throws IOException {
        ComparingChannel channel = expecting(1, 2);
        channel.write(buffer(1));
        assertEquals("Device 1 ends after 1 bytes, more were backed up",
                assertThrows(IOException.class, channel::requireEnd).getMessage());
    }
}
