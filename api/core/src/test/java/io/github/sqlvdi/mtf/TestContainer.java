package io.github.sqlvdi.mtf;

import io.github.sqlvdi.internal.mtf.LittleEndian;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Puts a stream into the container of compressed backups, so that a checkout without real ones tests its reader: chunks of
 * 64 KB, filemarks raw, an index before the last but one. Positions of filemarks become those of the container.
 */
final class TestContainer {

    private static final int HEADER = 0x1e0;
    private static final int UNIT = 512;
    private static final int CHUNK = 65_536;

    private final ByteArrayOutputStream container = new ByteArrayOutputStream();
    private final byte[] stream;
    private final List<Streams.Header> blocks;
    private final long[] marks = new long[3];
    private int markCount;

    private TestContainer(byte[] stream, List<Streams.Header> blocks) {
        this.stream = stream;
        this.blocks = blocks;
    }

    static byte[] of(byte[] stream) {
        return of(stream, 3);
    }

    /** With another word for the algorithm in the header. */
    static byte[] of(byte[] stream, int flags) {
        return new TestContainer(stream, Streams.headers(stream)).build(flags);
    }

    /** Of a stream that is changed before it is compressed. */
    static byte[] of(byte[] stream, Consumer<byte[]> change) {
        byte[] changed = stream.clone();
        change.accept(changed);
        return new TestContainer(changed, Streams.headers(stream)).build(3);
    }

    private byte[] build(int flags) {
        byte[] header = new byte[HEADER];
        System.arraycopy("MSSQLBAK".getBytes(StandardCharsets.US_ASCII), 0, header, 0, 8);
        LittleEndian.putU32(header, 8, 2);
        LittleEndian.putU32(header, 12, flags);
        container.writeBytes(header);
        int next = 0;
        for (Streams.Header block : blocks) {
            if (block.name().equals("SFMB")) {
                int mark = (int) block.position();
                compressed(next, mark);
                next = mark + raw(mark);
            }
        }
        return container.toByteArray();
    }

    private void compressed(int from, int to) {
        for (int at = from; at < to; at += CHUNK) {
            int size = Math.min(CHUNK, to - at);
            byte[] payload = TestXpress.compress(stream, at, size);
            byte[] header = new byte[28];
            header[0] = 0x21;
            header[1] = (byte) (size / UNIT);
            LittleEndian.putU16(header, 2, payload.length);
            if (payload.length > 0xffff) {
                throw new AssertionError("the test's compressor made " + payload.length + " bytes of " + size);
            }
            container.writeBytes(header);
            container.writeBytes(payload);
        }
    }

    private int raw(int mark) {
        byte[] block = Arrays.copyOfRange(stream, mark, mark + LittleEndian.u16(stream, mark + 8));
        boolean indexed = markCount == 1;
        int base = container.size() + 24 + (indexed ? 16 : 0);
        int gap = -base & block.length - 1;
        byte[] header = new byte[24 + (indexed ? 16 : 0) + gap];
        header[0] = (byte) (indexed ? 0x2c : 0x24);
        if (indexed) {
            LittleEndian.putU16(header, 24, 1);
            LittleEndian.putU16(header, 26, 1);
            LittleEndian.putU32(header, 32, 16 + gap);
        } else {
            LittleEndian.putU16(header, 2, gap);
        }
        container.writeBytes(header);
        for (int before = 0; before < markCount; before++) {
            LittleEndian.putI64(block, 0x48 + 8 * before, marks[markCount - 1 - before]);
        }
        marks[markCount++] = container.size();
        container.writeBytes(block);
        return block.length;
    }
}
