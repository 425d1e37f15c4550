package io.github.sqlvdi.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Locale;
import java.util.zip.CRC32C;

/** Reads a finished target back and compares it with what the server gave. */
final class Verification {

    private static final int PIECE = 1 << 20;

    private Verification() {
    }

    static void of(BackupTarget target, Pipeline pipeline, long bytes, int crc32c) throws IOException {
        ReadableByteChannel stored = target.readBack().orElseThrow(() -> new IOException(
                "The target cannot be verified: it cannot be read back. Write a file, or do without verification"));
        CRC32C read = new CRC32C();
        long count = 0;
        try (ReadableByteChannel plain = pipeline.decode(stored).plain()) {
            ByteBuffer piece = ByteBuffer.allocateDirect(PIECE);
            while (plain.read(piece.clear()) >= 0) {
                count += piece.flip().remaining();
                read.update(piece);
            }
        } catch (IOException failure) {
            throw new IOException("The verification of the target failed: " + failure.getMessage(), failure);
        }
        if (count != bytes || (int) read.getValue() != crc32c) {
            throw new IOException(String.format(Locale.ROOT,
                    "The verification of the target failed: it has %,d bytes with CRC32C %08x, but the server gave %,d with %08x",
                    count, (int) read.getValue(), bytes, crc32c));
        }
    }
}
