package io.github.sqlvdi.benchmarks.ipc;

import java.io.IOException;

/** One way for data from a producing to a consuming process. */
interface Transport {

    /**
     * In the producing process: copies a buffer of the plan's size into the transport again and again until the consumer
     * has gone.
     */
    void produce(TransferPlan plan) throws IOException, InterruptedException;

    /**
     * In the consuming process: copies everything out into a buffer of its own and counts it until the meter has seen
     * enough; then goes, so that the producer notices.
     *
     * @param ready to be called when a producer may come
     */
    void consume(TransferPlan plan, Runnable ready, Meter meter) throws IOException, InterruptedException;
}
