package io.github.sqlvdi.storage;

import io.github.sqlvdi.codec.BlockEncoder;
import io.github.sqlvdi.codec.Codec;
import io.github.sqlvdi.codec.StreamEncoder;
import io.github.sqlvdi.testing.TestData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Random;
import java.util.concurrent.ExecutorService;

/** Encodes and decodes whole streams in the heap. */
final class CodecProbe {

    private CodecProbe() {
    }

    /** Bytes that compress about 4 : 1. */
    static byte[] pages(int count, long seed) {
        byte[] bytes = new byte[count];
        Random random = new Random(seed);
        byte[] run = new byte[64];
        for (int at = 0; at < count; at += 256) {
            random.nextBytes(run);
            System.arraycopy(run, 0, bytes, at, Math.min(run.length, count - at));
        }
        return bytes;
    }

    /** Encodes a stream, given in pieces of a length. */
    static byte[] encode(Codec codec, byte[] stream, int piece) throws IOException {
        ByteArrayOutputStream encoded = new ByteArrayOutputStream();
        try (StreamEncoder encoder = codec.encoder();
                Arena arena = Arena.ofConfined();
                BlockEncoder block = encoder.blocks()) {
            encoded.writeBytes(encoder.header());
            MemorySegment output = arena.allocate(encoder.encodedBytes(encoder.blockBytes()));
            MemorySegment input = arena.allocate(Math.max(1, piece));
            int at = 0;
            long index = 0;
            do {
                block.begin(index++, output);
                int end = Math.min(stream.length, at + encoder.blockBytes());
                while (at < end) {
                    int count = Math.min(piece, end - at);
                    MemorySegment.copy(stream, at, input, ValueLayout.JAVA_BYTE, 0, count);
                    block.write(input.asSlice(0, count));
                    at += count;
                }
                int length = block.finish(at == stream.length);
                encoded.writeBytes(output.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE));
            } while (at < stream.length);
            encoded.writeBytes(encoder.trailer(stream.length));
        }
        return encoded.toByteArray();
    }

    /** A channel over bytes that gives at most a number of them in one read. */
    static ReadableByteChannel few(byte[] bytes, int most) {
        ReadableByteChannel all = TestData.channel(bytes);
        return new ReadableByteChannel() {
            @Override
            public int read(ByteBuffer target) throws IOException {
                int limit = target.limit();
                target.limit(Math.min(limit, target.position() + most));
                try {
                    return all.read(target);
                } finally {
                    target.limit(limit);
                }
            }

            @Override
            public boolean isOpen() {
                return all.isOpen();
            }

            @Override
            public void close() throws IOException {
                all.close();
            }
        };
    }

    static byte[] decode(Codec codec, byte[] encoded, ExecutorService workers) throws IOException {
        return decode(codec, TestData.channel(encoded), workers);
    }

    static byte[] decode(Codec codec, ReadableByteChannel encoded, ExecutorService workers) throws IOException {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        try (ReadableByteChannel plain = codec.decode(encoded, workers)) {
            ByteBuffer some = ByteBuffer.allocate(100_000);
            while (plain.read(some.clear()) >= 0) {
                stream.write(some.array(), 0, some.position());
            }
        }
        return stream.toByteArray();
    }
}
