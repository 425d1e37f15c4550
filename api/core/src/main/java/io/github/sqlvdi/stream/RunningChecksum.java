package io.github.sqlvdi.stream;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** Computes the CRC32C of a file while it is written from its beginning to its end. */
final class RunningChecksum {

    private final CRC32C crc = new CRC32C();
    private long bytes;
    private boolean givenUp;

    void add(ByteBuffer written) {
        bytes += written.remaining();
        crc.update(written);
    }

    /**
     * Call it when the file may be written in another order: then its checksum must be computed by reading the file.
     */
    void giveUp() {
        givenUp = true;
    }

    boolean covers(long size) {
        return !givenUp && bytes == size;
    }

    int value() {
        return (int) crc.getValue();
    }
}
