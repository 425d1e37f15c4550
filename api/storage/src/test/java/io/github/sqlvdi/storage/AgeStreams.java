package io.github.sqlvdi.storage;

import com.exceptionfactory.jagged.x25519.X25519KeyPairGenerator;
import io.github.sqlvdi.codec.BlockEncoder;
import io.github.sqlvdi.codec.Codec;
import io.github.sqlvdi.codec.StreamEncoder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.Random;
import java.util.concurrent.Executor;

/** Keys and whole streams for tests of the age format. */
public final class AgeStreams {

    private AgeStreams() {
    }

    /** A private key in a file, and its public key. */
    public record Key(Path file, String recipient) {

        /** Makes a key as age-keygen does, with its comments. */
        public static Key create(Path folder, String name) throws IOException, GeneralSecurityException {
            var pair = new X25519KeyPairGenerator().generateKeyPair();
            String recipient = new String(pair.getPublic().getEncoded(), StandardCharsets.US_ASCII);
            String identity = new String(pair.getPrivate().getEncoded(), StandardCharsets.US_ASCII);
            Path file = folder.resolve(name);
            Files.writeString(file,
                    "# created: 2026-11-26T12:00:00Z\n# public key: " + recipient + "\n" + identity + "\n");
            restrict(file);
            return new Key(file, recipient);
        }

        public Age encrypting() {
            return Age.withoutKeys().withRecipient(recipient);
        }

        public Age decrypting() throws IOException {
            return Age.withoutKeys().withIdentities(file);
        }
    }

    /** Takes a file of private keys from other users, as age-keygen does. */
    public static Path restrict(Path file) throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
        return file;
    }

    public static byte[] random(int bytes, long seed) {
        byte[] result = new byte[bytes];
        new Random(seed).nextBytes(result);
        return result;
    }

    /** Encodes a stream block by block, each in one write. */
    public static byte[] encode(Codec codec, byte[] plain) throws IOException {
        return encode(codec, plain, Integer.MAX_VALUE, new Random(1));
    }

    /** Encodes a stream block by block, each in writes of random lengths. */
    public static byte[] encode(Codec codec, byte[] plain, int greatestWrite, Random random) throws IOException {
        ByteArrayOutputStream encoded = new ByteArrayOutputStream();
        try (StreamEncoder stream = codec.encoder();
                Arena arena = Arena.ofConfined();
                BlockEncoder blocks = stream.blocks()) {
            int block = stream.blockBytes();
            MemorySegment input = arena.allocate(block);
            MemorySegment output = arena.allocate(stream.encodedBytes(block));
            encoded.write(stream.header());
            int offset = 0;
            long index = 0;
            do {
                int count = Math.min(block, plain.length - offset);
                MemorySegment.copy(plain, offset, input, ValueLayout.JAVA_BYTE, 0, count);
                blocks.begin(index, output);
                for (int at = 0; at < count;) {
                    int bytes = Math.min(count - at,
                            greatestWrite == Integer.MAX_VALUE ? count : 1 + random.nextInt(greatestWrite));
                    blocks.write(input.asSlice(at, bytes));
                    at += bytes;
                }
                offset += count;
                index++;
                int length = blocks.finish(offset == plain.length);
                if (length > stream.encodedBytes(count)) {
                    throw new AssertionError("block of " + length + " bytes");
                }
                encoded.write(output.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE));
            } while (offset < plain.length);
        }
        return encoded.toByteArray();
    }

    public static ReadableByteChannel channel(byte[] bytes) {
        return Channels.newChannel(new ByteArrayInputStream(bytes));
    }

    /** Decodes a stream to its end. What came before a failure is in the output. */
    public static void decode(Codec codec, byte[] encoded, Executor workers, ByteArrayOutputStream plain)
            throws IOException {
        try (ReadableByteChannel channel = codec.decode(channel(encoded), workers)) {
            ByteBuffer buffer = ByteBuffer.allocate(100_000);
            while (channel.read(buffer.clear()) >= 0) {
                plain.write(buffer.array(), 0, buffer.position());
            }
        }
    }

    public static byte[] decode(Codec codec, byte[] encoded) throws IOException {
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        decode(codec, encoded, Runnable::run, plain);
        return plain.toByteArray();
    }
}
