package io.github.sqlvdi.emulator;

import io.github.sqlvdi.mtf.BackupStreamReader;
import io.github.sqlvdi.mtf.StreamReport;
import io.github.sqlvdi.mtf.Wholeness;
import java.lang.foreign.MemorySegment;
import java.util.OptionalLong;

/**
 * Finds the end of a restored stream in the stream itself, as SQL Server does (MTF reference 13). A stream of another
 * format has a given length, or ends where its device says so.
 */
final class StreamEnd {

    /** As many as the largest block has bytes. */
    private static final MemorySegment ZEROS = MemorySegment.ofArray(new long[65_536 / Long.BYTES]).asReadOnly();

    /** The format of a stream shows in its first bytes; fewer may be of any format. */
    private static final int FORMAT_BYTES = 8;

    private final DeviceLink link;
    private final OptionalLong length;
    private final BackupStreamReader reader = BackupStreamReader.builder().checksums(false).build();
    private long bytes;
    private boolean onlyZerosBehind = true;

    StreamEnd(DeviceLink link, OptionalLong length) {
        this.link = link;
        this.length = length;
    }

    /** Takes the next bytes of the stream, from the beginning of a segment. */
    void feed(MemorySegment data, int count) {
        reader.feed(data, 0, count);
        if (reader.end().isPresent()) {
            long end = Math.max(0, reader.end().getAsLong() - bytes);
            long behind = count - end;
            onlyZerosBehind &= behind <= ZEROS.byteSize()
                    && MemorySegment.mismatch(data, end, count, ZEROS, 0, behind) < 0;
        }
        bytes += count;
    }

    /** Whether the last byte of the stream has passed. */
    boolean passed() {
        return bytes >= length.orElseGet(() -> reader.end().orElse(Long.MAX_VALUE));
    }

    /**
     * A medium has ended, and the stream has not.
     *
     * @throws StatementFailure if no further medium can show where the stream ends
     */
    void requireFindable() throws StatementFailure {
        if (length.isEmpty() && bytes > 0) {
            StreamReport report = reader.report();
            if (report.offence().isPresent()) {
                throw new StatementFailure(SqlMessages.incorrectlyFormed(link.name(),
                        "its end cannot be found without a given length: " + report.verdict()));
            }
        }
    }

    /**
     * The device has given all that it has. Zeros that fill the last block may stand behind the end: SQL Server reads
     * whole blocks, and looks at nothing behind the end.
     *
     * @throws StatementFailure if the stream is not of the given length, or is not whole. A stream of a format that the
     *     reader does not know passes.
     */
    void requireWhole() throws StatementFailure {
        if (length.isPresent() && bytes != length.getAsLong()) {
            throw new StatementFailure(SqlMessages.otherLength(link.name(), bytes, length.getAsLong()));
        }
        if (bytes < FORMAT_BYTES) {
            return;
        }
        if (reader.end().isPresent() && onlyZerosBehind && bytes - reader.end().getAsLong() < ZEROS.byteSize()) {
            return;
        }
        StreamReport report = reader.finish();
        if (bytes > 0 && report.wholeness() == Wholeness.INCOMPLETE) {
            throw new StatementFailure(SqlMessages.endOfFile(link.name(), report.verdict()));
        }
        if (report.wholeness() == Wholeness.DAMAGED) {
            throw new StatementFailure(SqlMessages.notTapeFormat(link.name(), report.verdict()));
        }
    }
}
