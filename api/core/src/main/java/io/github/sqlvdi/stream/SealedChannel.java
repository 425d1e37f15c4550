package io.github.sqlvdi.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Locale;
import java.util.zip.CRC32C;

/**
 * Compares a stream with the seal of its content while it is read. Only the read of the last byte tells whether all bytes
 * were right, so that read fails if they were not: its bytes never reach the server.
 */
final class SealedChannel implements ReadableByteChannel {

    private final ReadableByteChannel bytes;
    private final String name;
    private final FileSeal seal;
    private final CRC32C crc = new CRC32C();
    private long count;
    private boolean damaged;

    SealedChannel(ReadableByteChannel bytes, String name, FileSeal seal) {
        this.bytes = bytes;
        this.name = name;
        this.seal = seal;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        if (damaged) {
            throw damage();
        }
        int start = target.position();
        int read = bytes.read(target);
        if (read > 0) {
            crc.update(target.duplicate().position(start).limit(start + read));
            count += read;
        }
        boolean ended = read < 0 || count >= seal.size();
        damaged = ended && (count != seal.size() || (int) crc.getValue() != seal.crc32c());
        if (damaged) {
            target.position(start);
            throw damage();
        }
        return read;
    }

    private IOException damage() {
        return new IOException(count == seal.size()
                ? String.format(Locale.ROOT, "%s is damaged: its CRC32C is %08x, but the backup had %08x there", name,
                        (int) crc.getValue(), seal.crc32c())
                : String.format(Locale.ROOT, "%s gave %,d bytes, but the backup had %,d there", name, count,
                        seal.size()));
    }

    @Override
    public boolean isOpen() {
        return bytes.isOpen();
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }
}
