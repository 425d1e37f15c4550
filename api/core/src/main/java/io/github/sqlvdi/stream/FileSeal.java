package io.github.sqlvdi.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * The size of a file or object and the checksum of its content: a changed file has a different seal. Manifests hold seals.
 *
 * @param size the size in bytes, not negative
 * @param crc32c the CRC32C (Castagnoli) of all bytes
 */
public record FileSeal(long size, int crc32c) {

    private static final int PIECE = 1 << 20;

    /** Reads the whole file without moving the position of the channel. An interrupt of the thread ends the reading. */
    static FileSeal read(FileChannel file) throws IOException {
        CRC32C crc = new CRC32C();
        ByteBuffer piece = ByteBuffer.allocateDirect(PIECE);
        long position = 0;
        while (file.read(piece.clear(), position) > 0) {
            position += piece.position();
            crc.update(piece.flip());
        }
        return new FileSeal(position, (int) crc.getValue());
    }

    static FileSeal read(Path path) throws IOException {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            return read(file);
        }
    }
}
