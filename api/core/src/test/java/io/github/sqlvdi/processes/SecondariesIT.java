package io.github.sqlvdi.processes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Server, primary and secondaries as JVMs of their own: every byte arrives, in both directions. */
@Timeout(900)
class SecondariesIT {
    private static final boolean ALL = System.getProperty("sqlvdi.secondaries", "").equals("all");

    private final List<Worker> workers = new ArrayList<>();

    @AfterEach
    void stop() {
        workers.forEach(Worker::close);
    }

    /** Each row starts up to 34 JVMs: {@code -Dsqlvdi.secondaries=all}, as in {@code .ci/run}, adds those with more processes. */
    static List<Arguments> rows() {
        List<Arguments> rows = new ArrayList<>(List.of(
                Arguments.of(1, 1, 2000, 65_536, "backup"), Arguments.of(2, 4, 1000, 65_536, "restore"),
                Arguments.of(6, 8, 64, 1_048_576, "backup")));
        if (ALL) {
            rows.addAll(List.of(
                    Arguments.of(2, 1, 4096, 65_536, "backup"), Arguments.of(2, 1, 4096, 65_536, "restore"),
                    Arguments.of(2, 8, 512, 65_536, "backup"), Arguments.of(2, 8, 512, 65_536, "restore"),
                    Arguments.of(8, 8, 128, 1_048_576, "backup"), Arguments.of(8, 8, 128, 1_048_576, "restore"),
                    Arguments.of(32, 32, 200, 16_384, "backup"), Arguments.of(32, 64, 100, 16_384, "restore")));
        }
        return rows;
    }

    /** A set whose devices are served by {@code secondaries} processes in turn; the primary serves none. */
    @ParameterizedTest
    @MethodSource("rows")
    void allDevicesAreByteIdentical(int secondaries, int devices, int commands, int size, String mode)
            throws Exception {
        String set = "secondaries-" + secondaries + "-" + mode + "-" + System.nanoTime();
        Worker primary = start();
        Worker server = start();
        for (int i = 0; i < secondaries; i++) {
            start();
        }
        for (Worker worker : workers) {
            worker.expect("ready");
        }
        primary.tell(String.format(Locale.ROOT, "primary p %s %d - %d %d 0", set, devices, commands, size));
        primary.expect("p created");
        server.tell(String.format(Locale.ROOT, "server s %s %d %d %d 4 %s", set, devices, commands, size, mode));
        primary.expect("p configured");
        for (int i = 0; i < secondaries; i++) {
            StringJoiner own = new StringJoiner(",").setEmptyValue("-");
            for (int device = i; device < devices; device += secondaries) {
                own.add(Integer.toString(device));
            }
            workers.get(2 + i).tell(String.format(Locale.ROOT, "secondary c %s %s %d %d", set, own, commands, size));
        }
        for (int i = 0; i < secondaries; i++) {
            workers.get(2 + i).expect("c served");
            workers.get(2 + i).tell("close c");
        }
        String serverEnd = server.expect("s ended");
        assertTrue(serverEnd.startsWith("s ended OK "), serverEnd);
        String[] sums = serverEnd.substring("s ended OK ".length()).split(",");
        for (int i = 0; i < secondaries; i++) {
            StringJoiner expected = new StringJoiner(",");
            for (int device = i; device < devices; device += secondaries) {
                expected.add(sums[device]);
            }
            assertEquals("c ended OK " + expected, workers.get(2 + i).expect("c ended"));
        }
        primary.tell("close p");
        assertTrue(primary.expect("p ended").startsWith("p ended OK"));
    }

    private Worker start() throws IOException {
        Worker worker = Worker.start();
        workers.add(worker);
        return worker;
    }
}
