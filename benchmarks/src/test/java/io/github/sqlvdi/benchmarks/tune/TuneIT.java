package io.github.sqlvdi.benchmarks.tune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.CompletionCodes;
import io.github.sqlvdi.VdiConfig;
import io.github.sqlvdi.VdiProvider;
import io.github.sqlvdi.benchmarks.server.MeasuredJob;
import io.github.sqlvdi.benchmarks.server.Setting;
import io.github.sqlvdi.client.Command;
import io.github.sqlvdi.emulator.sqlserver.EmulatedSqlServer;
import io.github.sqlvdi.jdbc.SqlServer;
import io.github.sqlvdi.stream.CommandHandler;
import io.github.sqlvdi.stream.JobDevice;
import io.github.sqlvdi.stream.JobException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The search with real backups of the emulated server, whose transfers are put on a modelled disk: what is found does not
 * depend on the speed of this machine.
 */
class TuneIT {

    /** Kept, because the log manager forgets a logger that nothing refers to. */
    private static final Logger LOG = Logger.getLogger("io.github.sqlvdi.stream");
    private static final long DATABASE = 24 << 20;

    /** A disk of 200 MB/s that seeks, behind two CPUs. */
    private static final ModelledDisk DISK =
            new ModelledDisk(8e8, 5e-4, 1.2e8, 2e-3, 4.5e8, 0.12, 2, 4e-5, 6e-10, 64 << 20);

    @Test
    void theSearchFindsTheOptimumOfAModelledDiskWithRealBackups() throws Exception {
        LOG.setLevel(Level.WARNING); // more than a hundred jobs
        Space all = TunerTest.EVERYTHING;
        Space space = new Space(all.sizes(), all.buffersEach(), List.of(1, 2, 4, 8), all.codecs(), all.memory());
        int exhaustive = space.points().size() * TunerTest.ROUNDS;
        try (EmulatedSqlServer server = EmulatedSqlServer.builder().database("sales", DATABASE).start()) {
            SqlServer client = SqlServer.at(server.jdbcUrl()).provider(VdiProvider.EMBEDDED);
            Tuner tuner = new Tuner(space, setting -> backup(client, setting), Double.MAX_VALUE, TunerTest.ROUNDS,
                    exhaustive / 10);
            Candidate choice = tuner.choose(tuner.search(), 0.01);
            Map<List<Integer>, List<List<Integer>>> recorded = new HashMap<>(); // the buffers change only the times
            double best = 0;
            for (Space.Point point : space.points()) {
                Setting setting = space.at(point).orElseThrow();
                List<Integer> key = List.of(setting.transferSize(), setting.devices());
                if (!recorded.containsKey(key)) {
                    recorded.put(key, transfers(client, setting));
                }
                best = Math.max(best, DISK.backup(setting, recorded.get(key)).rate());
            }
            assertTrue(tuner.used() <= exhaustive / 10, () -> tuner.used() + " of " + exhaustive);
            assertTrue(choice.rate() >= 0.97 * best, choice.setting() + ": " + choice.rate() + " of " + best);
        }
    }

    private static MeasuredJob backup(SqlServer server, Setting setting) throws IOException {
        return DISK.backup(setting, transfers(server, setting));
    }

    /** {@return the sizes of the transfers that the devices of a backup get} */
    private static List<List<Integer>> transfers(SqlServer server, Setting setting) throws IOException {
        List<RecordingDevice> devices =
                IntStream.range(0, setting.devices()).mapToObj(index -> new RecordingDevice()).toList();
        try {
            setting.on(server.backup("sales").copyOnly()).to(devices).run().orThrow();
        } catch (JobException failure) {
            throw new IOException(failure);
        }
        List<List<Integer>> sizes = new ArrayList<>();
        for (RecordingDevice device : devices) {
            assertEquals(setting.transferSize(), device.agreed.maxTransferSize());
            sizes.add(List.copyOf(device.sizes));
        }
        return sizes;
    }

    /** Notes the size of each Write. */
    private static final class RecordingDevice implements JobDevice {

        private final List<Integer> sizes = new ArrayList<>(); // the device's thread, read after the job
        private VdiConfig agreed;

        @Override
        public CommandHandler open(VdiConfig configuration) {
            agreed = configuration;
            return this::handle;
        }

        private void handle(Command command) {
            switch (command.code()) {
                case WRITE -> {
                    sizes.add(command.size());
                    command.complete();
                }
                case FLUSH, COMPLETE, CLEAR_ERROR -> command.complete();
                default -> command.complete(CompletionCodes.NOT_SUPPORTED, 0);
            }
        }
    }
}
