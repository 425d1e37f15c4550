package io.github.sqlvdi.benchmarks;

import io.github.sqlvdi.CommandCode;
import io.github.sqlvdi.VdiConfig;
import io.github.sqlvdi.VdiProvider;
import io.github.sqlvdi.client.Command;
import io.github.sqlvdi.client.CommandResult;
import io.github.sqlvdi.client.VirtualDevice;
import io.github.sqlvdi.server.ServerCommand;
import java.time.Duration;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A device set for benchmarks of your own, as a state of JMH: a set with its devices, fed by a server that sends each
 * completed command again at once. Take it as a parameter of a benchmark, or extend it.
 *
 * {@snippet :
 * @Benchmark
 * public int myDevice(VdiState set) throws IOException {
 *     Command command = set.next();
 *     int size = command.size();
 *     myHandler.handle(command); // completes it
 *     return size;
 * }
 * }
 *
 * <p><b>Threads.</b> The benchmark's thread is the client of all devices, and JMH must run one thread for each state. The
 * server's part, {@link #refill}, runs on the thread of the completion agent.
 */
@State(Scope.Thread)
public class VdiState {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    /** The VDI implementation; NATIVE needs a machine with SQL Server. */
    @Param("EMBEDDED")
    public VdiProvider provider;

    /** Devices of the set, 1 to 64. */
    @Param("1")
    public int devices;

    /** Commands outstanding on each device, each with a buffer. */
    @Param("8")
    public int inFlight;

    /** Bytes of each command, a multiple of 512. */
    @Param("1048576")
    public int size;

    /** Where client and agent run. */
    @Param("APART")
    public Placement placement;

    private EndlessSet set;
    private int turn;

    /** Made by JMH. */
    public VdiState() {
    }

    /** Opens the set and sends the first commands. */
    @Setup(Level.Trial)
    public void open() {
        set = new EndlessSet(provider, devices, inFlight, CommandCode.WRITE, size, placement, this::refill);
    }

    /** Completes what is outstanding and ends the set in the orderly way. */
    @TearDown(Level.Trial)
    public void close() {
        set.close();
    }

    /**
     * Prepares a command that came back, before it is sent again: for example fills its buffer. Does nothing by default.
     * Called on the agent's thread. The first commands are sent without it.
     *
     * @param command the command, with its buffer
     * @return whether it is sent again
     */
    protected boolean refill(ServerCommand command) {
        return true;
    }

    /** {@return the configuration that client and server agreed on} */
    public VdiConfig agreed() {
        return set.agreed();
    }

    /**
     * Returns a device.
     *
     * @param index 0 to {@link #devices} - 1
     * @return the device
     */
    public VirtualDevice device(int index) {
        return set.device(index);
    }

    /**
     * Fetches a command of the next device in turn.
     *
     * @return the command, which the benchmark completes
     * @throws IllegalStateException if none comes within 10 s
     */
    public Command next() {
        VirtualDevice device = set.device(turn);
        turn = turn + 1 == devices ? 0 : turn + 1;
        if (device.getCommand(LIMIT) != CommandResult.COMMAND) {
            throw new IllegalStateException("no command within " + LIMIT);
        }
        return device.command();
    }
}
