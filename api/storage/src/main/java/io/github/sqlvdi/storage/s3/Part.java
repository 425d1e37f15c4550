package io.github.sqlvdi.storage.s3;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.CRC32;
import software.amazon.awssdk.core.async.AsyncRequestBody;

/** The bytes of a part that is being filled, with their CRC32. */
final class Part {

    private final List<ByteBuffer> pieces = new ArrayList<>();
    private final CRC32 crc = new CRC32();
    private long bytes;

    long bytes() {
        return bytes;
    }

    List<ByteBuffer> pieces() {
        return pieces;
    }

    boolean needsPiece() {
        return pieces.isEmpty() || !pieces.getLast().hasRemaining();
    }

    void add(ByteBuffer piece) {
        pieces.add(piece);
    }

    /** Copies bytes into the last piece, as many as fit and at most {@code limit - bytes()}. */
    void fill(ByteBuffer source, long limit) {
        ByteBuffer piece = pieces.getLast();
        int count = (int) Math.min(Math.min(piece.remaining(), source.remaining()), limit - bytes);
        ByteBuffer slice = source.slice(source.position(), count);
        crc.update(slice.duplicate());
        piece.put(slice);
        source.position(source.position() + count);
        bytes += count;
    }

    /** The CRC32 as S3 writes it: big-endian, in Base64. */
    String checksum() {
        return Base64.getEncoder().encodeToString(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }

    /** A body that reads the pieces where they lie, again for each attempt. */
    AsyncRequestBody body() {
        return pieces.isEmpty() ? AsyncRequestBody.empty()
                : AsyncRequestBody.fromByteBuffersUnsafe(
                        pieces.stream().map(piece -> piece.duplicate().flip()).toArray(ByteBuffer[]::new));
    }
}
