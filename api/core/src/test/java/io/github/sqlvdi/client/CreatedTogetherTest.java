package io.github.sqlvdi.client;

import io.github.sqlvdi.VdiProvider;
import io.github.sqlvdi.testing.TestData;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Each set sweeps the leftovers of others when it is made. A file that another thread has just created is no leftover, and
 * a file that is swept is not live.
 */
class CreatedTogetherTest {

    private static final int THREADS = 8;
    private static final int SETS = 25;

    @Test
    void setsThatAreMadeAtTheSameTimeDoNotDisturbEachOther() throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                all.add(threads.submit(() -> {
                    start.await();
                    for (int set = 0; set < SETS; set++) {
                        VirtualDeviceSet.builder(TestData.setName()).provider(VdiProvider.EMBEDDED).create().close();
                    }
                    return null;
                }));
            }
            start.countDown();
            for (Future<?> each : all) {
                each.get(2, TimeUnit.MINUTES);
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
