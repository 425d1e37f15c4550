package io.github.sqlvdi.benchmarks.ipc;

import java.io.IOException;

/** A way to move data from a producing to a consuming process. */
interface Transport {

    /**
     * Runs in the producing process. Copies a buffer of the plan's size into the transport again and again until the
     * consumer has gone.
     */
    void produce(TransferPlan plan) throws IOException, InterruptedException;

    /**
     * Runs in the consuming process. Copies all data into a buffer of its own and counts it until the meter is over.
     * Then it closes its end, so that the producer notices.
     *
     * @param ready to be called when the producer may start
     */
    void consume(TransferPlan plan, Runnable ready, Meter meter) throws IOException, InterruptedException;
}
