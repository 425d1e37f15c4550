package io.github.sqlvdi.emulator.internal.statements;

import io.github.sqlvdi.statement.SqlStatement;
import io.github.sqlvdi.statement.Verdict;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.List;
import java.util.OptionalLong;

/** A BACKUP or RESTORE with DISK devices: copies between the streams of the server and files. */
abstract sealed class DiskStatement implements SqlStatement permits DiskBackup, DiskRestore {

    private static final int PORTION = 1 << 16;

    final Media media;
    private volatile boolean cancelled;

    DiskStatement(Media media) {
        this.media = media;
    }

    /** Copies all streams. */
    abstract void copyAll() throws DiskException;

    /** Which set of its files the backup set is, from 1; known when the statement has ended. */
    abstract int position();

    @Override
    public final Verdict execute() {
        try {
            copyAll();
            return new Verdict(true, List.of(), OptionalLong.empty());
        } catch (DiskException failure) {
            return new Verdict(false, List.of(failure.reason()), OptionalLong.empty());
        }
    }

    @Override
    public final void cancel() {
        cancelled = true;
    }

    /** Copies up to {@code limit} bytes, or up to the end of the source. Returns how many. */
    final long copy(ReadableByteChannel from, WritableByteChannel to, long limit) throws IOException, DiskException {
        ByteBuffer portion = ByteBuffer.allocate(PORTION);
        long copied = 0;
        while (copied < limit
                && from.read(portion.clear().limit((int) Math.min(PORTION, limit - copied))) >= 0) {
            copied += portion.flip().remaining();
            while (portion.hasRemaining()) {
                to.write(portion);
            }
            if (cancelled) {
                throw new DiskException(DiskException.ABORTED, "The backup or restore was aborted.");
            }
        }
        return copied;
    }
}
