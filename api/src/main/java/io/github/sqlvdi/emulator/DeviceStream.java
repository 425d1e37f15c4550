package io.github.sqlvdi.emulator;

import io.github.sqlvdi.VdiConfig;

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

    final long bytes() {
        return bytes;
    }

    final void addBytes(long count) {
        bytes += count;
    }
}
