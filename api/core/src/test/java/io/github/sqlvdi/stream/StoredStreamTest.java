package io.github.sqlvdi.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.codec.Codec;
import io.github.sqlvdi.codec.StreamEncoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Places of streams: opened any number of times or once, closed after a refusal, and named in failures. */
class StoredStreamTest {

    @TempDir
    private Path folder;

    /** Four bytes, whose end is a failure of the place. */
    private static final class Place implements BackupSource {

        private boolean closed;

        @Override
        public void begin() {
            // nothing is open
        }

        @Override
        public String name() {
            return "place";
        }

        @Override
        public long size() {
            return -1;
        }

        @Override
        public ReadableByteChannel channel() {
            ByteBuffer content = ByteBuffer.wrap(new byte[]{'c', 'o', 'd', 'e'});
            return new ReadableByteChannel() {
                @Override
                public int read(ByteBuffer target) throws IOException {
                    if (!content.hasRemaining()) {
                        throw new IOException("the line is down");
                    }
                    target.put(content.get());
                    return 1;
                }

                @Override
                public boolean isOpen() {
                    return !closed;
                }

                @Override
                public void close() {
                    closed = true;
                }
            };
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    /** Recognizes the place, and gives two bytes before it finds damage; refuses it if it has no key. */
    private record Format(boolean key) implements Codec {

        @Override
        public String name() {
            return "format";
        }

        @Override
        public String suffix() {
            return ".format";
        }

        @Override
        public StreamEncoder encoder() throws IOException {
            throw new IOException("only reads");
        }

        @Override
        public int headBytes() {
            return 1;
        }

        @Override
        public boolean recognizes(ByteBuffer head) {
            return head.hasRemaining() && head.get(head.position()) == 'c';
        }

        @Override
        public ReadableByteChannel decode(ReadableByteChannel encoded, Executor workers) throws IOException {
            if (!key) {
                throw new IOException("there is no key");
            }
            return new ReadableByteChannel() {
                private int given;

                @Override
                public int read(ByteBuffer target) throws IOException {
                    if (given++ == 2) {
                        throw new IOException("the second block is damaged");
                    }
                    target.put((byte) 'x');
                    return 1;
                }

                @Override
                public boolean isOpen() {
                    return encoded.isOpen();
                }

                @Override
                public void close() throws IOException {
                    encoded.close();
                }
            };
        }
    }

    private static Pipeline pipeline(boolean key) {
        return Pipeline.builder().codec(new Format(key)).build();
    }

    @Test
    void missingFileAndFolderAreNamed() {
        Path missing = folder.resolve("missing");
        assertEquals(missing.toString(),
                assertThrows(NoSuchFileException.class, () -> StoredStream.of(missing).open()).getMessage());
        assertEquals(folder + ": is a folder: expected a file",
                assertThrows(IOException.class, () -> StoredStream.of(folder).open()).getMessage());
    }

    @Test
    void fileIsOpenedAtItsFirstByteEachTime() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "abc");
        StoredStream stream = StoredStream.of(file);
        assertTrue(stream.isRepeatable());
        for (int time = 0; time < 2; time++) {
            try (StoredContent content = stream.open()) {
                assertEquals("abc", new String(Channels.newInputStream(content).readAllBytes(),
                        java.nio.charset.StandardCharsets.US_ASCII));
                assertEquals(List.of(), content.formats());
            }
        }
    }

    @Test
    void refusedFormatIsNamedAndItsPlaceClosed() {
        List<Place> places = new ArrayList<>();
        try (Pipeline pipeline = pipeline(false)) {
            StoredStream stream = StoredStream.of("place", () -> {
                places.add(new Place());
                return places.getLast();
            }).through(pipeline);
            assertEquals("place: there is no key", assertThrows(IOException.class, stream::open).getMessage());
            assertTrue(places.getLast().closed);
            assertThrows(IOException.class, stream::open);
            assertEquals(2, places.size());
        }
    }

    @Test
    void damageIsToldFromAPlaceThatCannotBeRead() throws IOException {
        ByteBuffer one = ByteBuffer.allocate(1);
        try (Pipeline pipeline = pipeline(true);
                StoredContent damaged = StoredStream.of("place", Place::new).through(pipeline).open();
                StoredContent unreadable = StoredStream.of("place", Place::new).open()) {
            assertEquals(List.of("format"), damaged.formats());
            damaged.read(one.clear());
            damaged.read(one.clear());
            assertEquals("place: the second block is damaged",
                    assertThrows(IOException.class, () -> damaged.read(one.clear())).getMessage());
            assertFalse(damaged.isUnreadable());
            for (int count = 0; count < 4; count++) {
                unreadable.read(one.clear());
            }
            assertEquals("place: the line is down",
                    assertThrows(IOException.class, () -> unreadable.read(one.clear())).getMessage());
            assertTrue(unreadable.isUnreadable());
        }
    }
}
