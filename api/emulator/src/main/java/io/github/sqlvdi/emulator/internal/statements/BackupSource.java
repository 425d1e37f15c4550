package io.github.sqlvdi.emulator.internal.statements;

import io.github.sqlvdi.mtf.BackupStreamReader;
import io.github.sqlvdi.mtf.StreamReport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/** The stream of one device of a backup, read and counted on its way. Used by the device's thread. */
final class BackupSource implements ReadableByteChannel {

    private final ReadableByteChannel stream;
    private final FaultInjector faults;
    private final String file;
    private final BackupStreamReader reader = BackupStreamReader.builder().checksums(false).build();

    BackupSource(ReadableByteChannel stream, FaultInjector faults, String file) {
        this.stream = stream;
        this.faults = faults;
        this.file = file;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        int allowed = (int) faults.allowed(target.remaining());
        if (allowed == 0 && target.hasRemaining()) {
            return -1;
        }
        int begin = target.position();
        ByteBuffer window = target.slice(begin, allowed);
        int count = stream.read(window);
        if (count < 0) {
            count = faults.lengthen(target.slice(begin, allowed));
            target.position(begin + Math.max(0, count));
        } else if (count > 0) {
            reader.feed(target.slice(begin, count));
            target.position(begin + count);
            faults.count(count, file, true);
        }
        return count;
    }

    /** What the stream said of itself, when the statement ended. */
    StreamReport report() {
        return reader.finish();
    }

    @Override
    public boolean isOpen() {
        return stream.isOpen();
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
