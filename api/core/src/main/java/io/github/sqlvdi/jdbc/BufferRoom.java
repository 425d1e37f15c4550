package io.github.sqlvdi.jdbc;

import io.github.sqlvdi.statement.SqlMessage;
import io.github.sqlvdi.statement.Verdict;
import io.github.sqlvdi.stream.JobResult;
import java.util.Locale;
import java.util.Set;

/** Recognises a statement that failed because the server had no memory for its buffers. */
final class BufferRoom {

    private static final int VIRTUAL_DEVICE_FAILED = 18_210;
    /** The part of message 18210 that is not translated (VDI reference 14.4, 15.5). */
    private static final String ALLOCATE = "AllocateBuffer";
    /** No memory in the pool of the server: 701, 802; no memory for a query: 8645. */
    private static final Set<Integer> OUT_OF_MEMORY = Set.of(701, 802, 8645);

    private BufferRoom() {
    }

    /** Returns whether the statement failed before its first byte for want of memory. */
    static boolean isMissing(JobResult result) {
        return !result.good() && result.bytes() == 0 && result.verdict().filter(verdict -> !verdict.good())
                .filter(BufferRoom::saysSo).isPresent();
    }

    private static boolean saysSo(Verdict verdict) {
        return verdict.messages().stream().anyMatch(message -> OUT_OF_MEMORY.contains(message.number())
                || message.number() == VIRTUAL_DEVICE_FAILED && message.text().contains(ALLOCATE));
    }

    static SqlMessage note(Buffers refused, Buffers next) {
        return new SqlMessage(0, SqlMessage.INFORMATION, String.format(Locale.ROOT,
                "The server had no memory for %s, so the statement was executed again with %s", refused, next));
    }
}
