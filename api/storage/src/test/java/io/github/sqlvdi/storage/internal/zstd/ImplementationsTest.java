package io.github.sqlvdi.storage.internal.zstd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.codec.BlockEncoder;
import io.github.sqlvdi.testing.TestData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The system's libzstd and zstd-jni write the same form of frames and read each other's. */
class ImplementationsTest {

    private static List<ZstdLibrary> libraries() {
        List<ZstdLibrary> libraries = new ArrayList<>(List.of(new JniZstd()));
        try {
            libraries.add(ZstdLibrary.find());
        } catch (IOException missing) {
            System.out.println("ImplementationsTest tries zstd-jni alone: " + missing.getMessage());
        }
        return libraries;
    }

    private static byte[] frames(ZstdLibrary library, byte[] content) throws IOException {
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        try (Arena arena = Arena.ofConfined();
                ZstdStreamEncoder encoder = new ZstdStreamEncoder(library, 3);
                BlockEncoder blocks = encoder.blocks()) {
            MemorySegment output = arena.allocate(encoder.encodedBytes(encoder.blockBytes()));
            MemorySegment input = arena.allocate(content.length);
            MemorySegment.copy(content, 0, input, ValueLayout.JAVA_BYTE, 0, content.length);
            for (int block = 0; block < 3; block++) { // a compressor is used again
                blocks.begin(block, output);
                blocks.write(input);
                frames.writeBytes(output.asSlice(0, blocks.finish(false)).toArray(ValueLayout.JAVA_BYTE));
            }
        }
        return frames.toByteArray();
    }

    private static byte[] decode(ZstdLibrary library, byte[] frames) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        try (ZstdChannel channel = new ZstdChannel(TestData.channel(frames), library, Runnable::run)) {
            ByteBuffer some = ByteBuffer.allocate(1000);
            while (channel.read(some.clear()) >= 0) {
                content.write(some.array(), 0, some.position());
            }
        }
        return content.toByteArray();
    }

    @Test
    void eachReadsWhatTheOtherWrites() throws IOException {
        eachReadsWhatTheOtherWrites(200_000);
        eachReadsWhatTheOtherWrites(4 << 20); // a block in one write
    }

    private static void eachReadsWhatTheOtherWrites(int length) throws IOException {
        byte[] content = new byte[length];
        System.arraycopy(TestData.bytes(100_000, 1), 0, content, 0, 100_000);
        ByteArrayOutputStream thrice = new ByteArrayOutputStream();
        for (int block = 0; block < 3; block++) {
            thrice.writeBytes(content);
        }
        for (ZstdLibrary writer : libraries()) {
            byte[] frames = frames(writer, content);
            for (ZstdLibrary reader : libraries()) {
                assertArrayEquals(thrice.toByteArray(), decode(reader, frames),
                        () -> writer.description() + " to " + reader.description());
            }
        }
    }

    @Test
    void everyFrameHasSizeAndChecksum() throws IOException {
        for (ZstdLibrary library : libraries()) {
            FrameHeader header = FrameHeader.read(ByteBuffer.wrap(frames(library, new byte[12_345])));
            assertEquals(12_345, header.contentSize(), library.description());
            assertTrue(header.checksum(), library.description());
            FrameHeader whole = FrameHeader.read(ByteBuffer.wrap(frames(library, new byte[4 << 20])));
            assertEquals(4 << 20, whole.contentSize(), library.description());
            assertTrue(whole.checksum(), library.description());
        }
    }

    @Test
    void damageIsTold() throws IOException {
        for (ZstdLibrary library : libraries()) {
            byte[] frames = frames(library, TestData.bytes(1000, 2));
            frames[frames.length - 100] ^= 1;
            IOException refusal = assertThrows(IOException.class, () -> decode(library, frames));
            assertTrue(refusal.getMessage().contains("is damaged in the frame at byte"), refusal.getMessage());
        }
    }
}
