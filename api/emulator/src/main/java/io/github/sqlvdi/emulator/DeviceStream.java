package io.github.sqlvdi.emulator;

import io.github.sqlvdi.VdiConfig;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Locale;

/** The server's side of one device during a statement. */
abstract class DeviceStream {

    final StatementPlan plan;
    final VdiConfig agreed;
    final TransferPool pool;
    final DeviceLink link;
    /** Written by the agent's thread on a backup, with the pool's lock; by the stream's on a restore. */
    private long bytes;

    DeviceStream(StatementPlan plan, VdiConfig agreed, TransferPool pool, DeviceLink link) {
        this.plan = plan;
        this.agreed = agreed;
        this.pool = pool;
        this.link = link;
    }

    /** Moves the stream of the device to its end; does not close the device. */
    abstract void transfer() throws StatementFailure;

    DeviceLink link() {
        return link;
    }

    /** A read of a source or a write to a target. */
    @FunctionalInterface
    interface Access {
        int run(ByteBuffer bytes) throws IOException;
    }

    /** Reads or writes until nothing remains or, on a read, the source ends; ended by a failure of the statement. */
    final void access(ByteBuffer bytes, Access channel, String what) throws StatementFailure {
        link.enterOutside();
        try {
            while (bytes.hasRemaining()) {
                int before = bytes.remaining();
                if (channel.run(bytes) < 0) {
                    return;
                }
                if (bytes.remaining() == before) {
                    throw new IOException(
                            String.format(Locale.ROOT, "the channel moved none of %d bytes asked for", before));
                }
            }
        } catch (IOException failure) {
            throw new StatementFailure(SqlMessages.databaseFileFailed(what + link.name(), failure));
        } finally {
            link.leaveOutside();
        }
    }

    final long bytes() {
        return bytes;
    }

    final void addBytes(long count) {
        bytes += count;
    }
}
