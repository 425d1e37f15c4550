package io.github.sqlvdi.mtf;

import io.github.sqlvdi.internal.mtf.BackupChecksum;
import io.github.sqlvdi.internal.mtf.LittleEndian;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/** Makes the bytes of a stripe while they are read, an extent of eight pages at a time. */
final class GeneratedStream implements ReadableByteChannel {

    private static final int LOG_SECTOR = 512;

    private final GeneratedBackup backup;
    private final int family;
    private final Iterator<StreamParts.Part> parts;
    private final BackupChecksum sum = new BackupChecksum();
    private final byte[] made = new byte[GeneratedFile.EXTENT];
    private final MemorySegment madeSegment = MemorySegment.ofArray(made);

    private StreamParts.Part part;
    private ByteBuffer ready = ByteBuffer.allocate(0);
    private boolean open = true;

    /** The next extent: which file, which extent of it, and which of the whole backup. */
    private int file;
    private int extent;
    private int ordinal;
    private long logDone;

    GeneratedStream(GeneratedBackup backup, int family, List<StreamParts.Part> parts) {
        this.backup = backup;
        this.family = family;
        this.parts = parts.iterator();
    }

    @Override
    public int read(ByteBuffer target) throws ClosedChannelException {
        if (!open) {
            throw new ClosedChannelException();
        }
        int before = target.remaining();
        while (target.hasRemaining() && (ready.hasRemaining() || makeReady())) {
            int count = Math.min(target.remaining(), ready.remaining());
            target.put(target.position(), ready, ready.position(), count);
            target.position(target.position() + count);
            ready.position(ready.position() + count);
        }
        int count = before - target.remaining();
        return count == 0 && before > 0 ? -1 : count;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        open = false;
    }

    /** Makes the next bytes; false at the end of the stream. */
    private boolean makeReady() {
        while (true) {
            if (part == null) {
                if (!parts.hasNext()) {
                    return false;
                }
                part = parts.next();
                begin();
            }
            int count = make();
            if (count > 0) {
                return true;
            }
            part = null;
        }
    }

    private void begin() {
        switch (part) {
            case StreamParts.Pages pages -> {
                sum.reset(false);
                file = 0;
                extent = -1;
                ordinal = -1;
            }
            case StreamParts.Log log -> {
                sum.reset(false);
                logDone = 0;
            }
            default -> {
                // made at once
            }
        }
    }

    /** The next bytes of the part, 0 at its end. */
    private int make() {
        return switch (part) {
            case StreamParts.Bytes bytes -> once(bytes.bytes(), bytes.bytes().length);
            case StreamParts.Zeros zeros -> {
                Arrays.fill(made, (byte) 0);
                yield once(made, zeros.count());
            }
            case StreamParts.Sum ignored -> {
                byte[] bytes = new byte[Integer.BYTES];
                LittleEndian.putU32(bytes, 0, sum.value());
                yield once(bytes, bytes.length);
            }
            case StreamParts.Pages ignored -> nextExtent() ? summed() : 0;
            case StreamParts.Log log -> nextLog(log) ? summed() : 0;
        };
    }

    private int once(byte[] bytes, int count) {
        ready = ByteBuffer.wrap(bytes, 0, count);
        part = null;
        return count;
    }

    private int summed() {
        if (backup.hasChecksums()) {
            sum.update(madeSegment, 0, made.length);
        }
        ready = ByteBuffer.wrap(made);
        return made.length;
    }

    private boolean nextExtent() {
        while (file < backup.extents().size()) {
            GeneratedExtents extents = backup.extents().get(file);
            int next = extents.next(extent + 1);
            if (next < 0) {
                file++;
                extent = -1;
                continue;
            }
            extent = next;
            ordinal++;
            if (backup.isOn(family, ordinal)) {
                for (int page = 0; page < GeneratedFile.PAGES_PER_EXTENT; page++) {
                    GeneratedPage.write(made, page * GeneratedPage.SIZE, extents.file().id(),
                            extent * GeneratedFile.PAGES_PER_EXTENT + page, extents.generation(extent), backup);
                }
                return true;
            }
        }
        return false;
    }

    /** Blocks of log that say where they belong, and zeros behind the range. */
    private boolean nextLog(StreamParts.Log log) {
        if (logDone >= log.bytes()) {
            return false;
        }
        Arrays.fill(made, (byte) 0);
        for (int sector = 0; sector < made.length && logDone < log.bytes(); sector += LOG_SECTOR) {
            LittleEndian.putI64(made, sector, log.from() + logDone);
            LittleEndian.putI64(made, sector + Long.BYTES, GeneratedPage.mix(log.from() + logDone));
            logDone += LOG_SECTOR;
        }
        return true;
    }
}
