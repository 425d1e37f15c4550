package io.github.sqlvdi.mtf;

import io.github.sqlvdi.internal.mtf.HeaderChecksum;
import io.github.sqlvdi.internal.mtf.LittleEndian;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Changes a stream in one to three places, most of them in headers, whose checksums are then often made valid again. */
final class StreamMutator {

    private static final long[] NUMBERS = {0, 1, 2, 3, 7, 8, 21, 22, 51, 52, 255, 256, 511, 512, 0x7fff, 0x8000, 0xffff,
        0x1_0000, 0x7fff_ffffL, 0x8000_0000L, 0xffff_ffffL, 0x1_0000_0000L, Long.MAX_VALUE, Long.MAX_VALUE - 22,
        Long.MAX_VALUE - 4096, Long.MIN_VALUE, -1, -22};
    private static final int[] SIZES = {1, 2, 4, 8};
    private static final int LONGEST_CHANGE = 70_000;

    private final byte[] stream;
    private final List<Streams.Header> headers;

    StreamMutator(byte[] stream) {
        this.stream = stream;
        headers = Streams.isContainer(stream) ? List.of() : Streams.headers(stream);
    }

    boolean hasOtherLength(byte[] changed) {
        return changed.length != stream.length;
    }

    byte[] mutate(Random random) {
        byte[] bytes = stream.clone();
        int changes = 1 + random.nextInt(3);
        for (int change = 0; change < changes; change++) {
            switch (random.nextInt(8)) {
                case 0 -> bytes = cut(bytes, random);
                case 1 -> bytes = insert(bytes, random);
                case 2 -> bytes = remove(bytes, random);
                case 3 -> bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                default -> changeHeader(bytes, random);
            }
            if (bytes.length < 64) {
                return bytes;
            }
        }
        return bytes;
    }

    private static byte[] cut(byte[] bytes, Random random) {
        return Arrays.copyOf(bytes, random.nextInt(bytes.length));
    }

    private byte[] insert(byte[] bytes, Random random) {
        int at = random.nextInt(bytes.length);
        int count = 1 + random.nextInt(random.nextBoolean() ? 64 : LONGEST_CHANGE);
        byte[] longer = Arrays.copyOf(bytes, bytes.length + count);
        System.arraycopy(bytes, at, longer, at + count, bytes.length - at);
        if (random.nextBoolean()) {
            byte[] junk = new byte[count];
            random.nextBytes(junk);
            System.arraycopy(junk, 0, longer, at, count);
        } else {
            // A piece of the stream itself, which may hold whole blocks.
            int from = random.nextInt(Math.max(1, stream.length - count));
            System.arraycopy(stream, from, longer, at, Math.min(count, stream.length - from));
        }
        return longer;
    }

    private static byte[] remove(byte[] bytes, Random random) {
        int at = random.nextInt(bytes.length);
        int count = Math.min(bytes.length - at, 1 + random.nextInt(random.nextBoolean() ? 64 : LONGEST_CHANGE));
        byte[] shorter = Arrays.copyOf(bytes, bytes.length - count);
        System.arraycopy(bytes, at + count, shorter, at, shorter.length - at);
        return shorter;
    }

    private void changeHeader(byte[] bytes, Random random) {
        Streams.Header header = headers.isEmpty() ? new Streams.Header("", random.nextInt(2048), 52)
                : headers.get(random.nextInt(headers.size()));
        // Half of the changes hit the header itself, the others what stands behind it.
        int reach = random.nextBoolean() ? header.size() : 3_000;
        int size = SIZES[random.nextInt(SIZES.length)];
        int at = (int) header.position() + random.nextInt(reach);
        if (at + 8 > bytes.length || header.position() + header.size() > bytes.length) {
            return;
        }
        long number = random.nextInt(4) == 0 ? random.nextLong() : NUMBERS[random.nextInt(NUMBERS.length)];
        for (int index = 0; index < size; index++) {
            bytes[at + index] = (byte) (number >>> 8 * index);
        }
        if (!headers.isEmpty() && random.nextInt(4) != 0) {
            int start = (int) header.position();
            int words = header.size() / 2 - 1;
            LittleEndian.putU16(bytes, start + 2 * words, HeaderChecksum.of(bytes, start, words));
        }
    }
}
