package io.github.sqlvdi.benchmarks;

import io.github.sqlvdi.CommandCode;
import io.github.sqlvdi.VdiProvider;
import io.github.sqlvdi.client.Command;
import io.github.sqlvdi.client.CommandResult;
import io.github.sqlvdi.client.VirtualDevice;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Measures a command from sending to callback in one process, through the public API and the COM vtables on both sides:
 * SendCommand, GetCommand, CompleteCommand, callback. One operation is one command. Two threads run, the client and the
 * completion agent. The agent sends the next command from the callback, like a server that never lets its device wait.
 * With one command in flight an operation is therefore the full round trip, from one GetCommand to the next.
 */
@State(Scope.Thread)
@BenchmarkMode({Mode.AverageTime, Mode.SampleTime})
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 10, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 3, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
public class CommandRoundTrip {

    private static final int SIZE = 65_536;
    private static final Duration LIMIT = Duration.ofSeconds(10);

    /** The VDI implementation; NATIVE needs a machine with SQL Server. */
    @Param("EMBEDDED")
    public VdiProvider provider;

    /** Devices of the set, served in turn by one thread. */
    @Param({"1", "64"})
    public int devices;

    /** Commands outstanding on each device. */
    @Param({"1", "8"})
    public int inFlight;

    /** Where client and agent run. */
    @Param("APART")
    public Placement placement;

    private EndlessSet set;
    private int next;

    /** Opens the set and sends its first commands. */
    @Setup(Level.Trial)
    public void open() {
        set = new EndlessSet(provider, devices, inFlight, CommandCode.WRITE, SIZE, placement, sent -> true);
    }

    /** Ends the set in the orderly way. */
    @TearDown(Level.Trial)
    public void close() {
        set.close();
    }

    /** Fetches the next device's command and completes it; its data is not touched. */
    @Benchmark
    public int command() {
        VirtualDevice device = set.device(next);
        next = next + 1 == devices ? 0 : next + 1;
        if (device.getCommand(LIMIT) != CommandResult.COMMAND) {
            throw new IllegalStateException("no command within " + LIMIT);
        }
        Command command = device.command();
        command.complete();
        return command.size();
    }
}
