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
    /**
     * On a backup written by the completion agent's thread, which holds the pool's lock. On a restore written by the
     * stream's thread.
     */
    private long bytes;

    DeviceStream(StatementPlan plan, VdiConfig agreed, TransferPool pool, DeviceLink link) {
        this.plan = plan;
        this.agreed = agreed;
        this.pool = pool;
        this.link = link;
    }

    /** Transfers the whole stream of the device. Does not close the device. */
    abstract void transfer() throws StatementFailure;

    DeviceLink link() {
        return link;
    }

    /** A read of a source or a write to a target. */
    @FunctionalInterface
    interface Access {
        int run(ByteBuffer bytes) throws IOException;
    }

    /**
     * Reads or writes until {@code bytes} is used up or, on a read, the source ends. A failure of the statement
     * interrupts it.
     */
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
