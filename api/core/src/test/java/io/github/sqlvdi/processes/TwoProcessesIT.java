package io.github.sqlvdi.processes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.testing.TestData;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Server and primary as two JVMs: much work, no work, and a process that stands still. */
@Timeout(900)
class TwoProcessesIT {
    /** Commands of each of the 64 devices: {@code .ci/run} sends 20,000. */
    private static final int SOAK = Integer.getInteger("sqlvdi.soak.commands", 500);

    private static final int IDLE_PERCENT = Integer.getInteger("sqlvdi.idle.percent", 3);

    /** Windows in which CPU time is counted until one is idle: a JVM on a busy machine compiles for long. */
    private static final int WINDOWS = 10;

    /** With the compiler of a program that runs long. */
    private static final String OPTIMIZED = "-XX:TieredStopAtLevel=4";

    private Worker server;
    private Worker primary;

    @BeforeEach
    void start() throws Exception {
        server = Worker.start(OPTIMIZED);
        primary = Worker.start(OPTIMIZED);
        server.expect("ready");
        primary.expect("ready");
    }

    @AfterEach
    void stop() {
        server.close();
        primary.close();
    }

    private static String all(int devices) {
        return IntStream.range(0, devices).mapToObj(Integer::toString).collect(Collectors.joining(","));
    }

    private void begin(int devices, int commands, int size, int timeOutMillis, String mode)
            throws IOException, InterruptedException {
        String set = TestData.setName();
        primary.tell(
                String.format(Locale.ROOT, "primary p %s %d %s %d %d %d", set, devices, all(devices), commands, size,
                        timeOutMillis));
        primary.expect("p created");
        server.tell(String.format(Locale.ROOT, "server s %s %d %d %d 4 %s", set, devices, commands, size, mode));
        primary.expect("p configured");
    }

    private void expectIdentical() throws IOException, InterruptedException {
        primary.expect("p served", 300_000);
        String sums = server.expect("s ended");
        assertTrue(sums.startsWith("s ended OK"), sums);
        primary.tell("close p");
        assertEquals(sums.substring(1), primary.expect("p ended").substring(1));
    }

    @Test
    void sixtyFourDevicesWithThousandsOfCommandsEachAreByteIdentical() throws Exception {
        begin(64, SOAK, 4_096, 0, "backup");
        expectIdentical();
    }

    @Test
    void anIdleSetOfSixtyFourDevicesUsesNoCpu() throws Exception {
        begin(64, 10, 65_536, 0, "idle");
        server.expect("s devices open");
        double share = 1;
        for (int window = 0; window < WINDOWS && share * 100 >= IDLE_PERCENT; window++) {
            share = cpuShareOfThreeSeconds();
            System.out.printf(Locale.ROOT, "64 idle devices: %.3f %% of one CPU in both processes together%n",
                    share * 100);
        }
        assertTrue(share * 100 < IDLE_PERCENT, "CPU share " + share);
        server.tell("go s");
        expectIdentical();
    }

    private double cpuShareOfThreeSeconds() throws InterruptedException {
        Duration before = server.cpu().plus(primary.cpu());
        long start = System.nanoTime();
        TimeUnit.SECONDS.sleep(3); // the time measured
        Duration used = server.cpu().plus(primary.cpu()).minus(before);
        return (double) used.toNanos() / (System.nanoTime() - start);
    }

    @Test
    void aStoppedAndContinuedProcessIsNotDead() throws Exception {
        begin(4, 3_000, 65_536, 0, "backup");
        for (Worker worker : new Worker[]{primary, server}) {
            worker.pause();
            TimeUnit.MILLISECONDS.sleep(700); // longer than any slice of waiting
            worker.resume();
        }
        expectIdentical();
    }

    @Test
    void aStoppedClientIsAbortedAfterTwoIntervalsOfServerTimeOut() throws Exception {
        begin(2, 1_000_000, 65_536, 300, "backup");
        primary.pause();
        String end = server.expect("s ended");
        assertTrue(end.startsWith("s ended VD_E_ABORT"), end);
        primary.resume();
        String clientEnd = primary.expect("p ended");
        assertTrue(clientEnd.startsWith("p ended VD_E_ABORT"), clientEnd);
    }
}
