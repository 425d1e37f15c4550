package io.github.sqlvdi.benchmarks.ipc;

import java.io.IOException;
import java.util.List;

/**
 * The main class of the processes of a measurement: {@code Peer role plan...}. A process prints {@code READY} when its
 * counterpart may start and {@code RESULT ...} when it has measured. The rest depends on the role.
 */
public final class Peer {

    static final String READY = "READY";
    static final String RESULT = "RESULT";

    private Peer() {
    }

    /**
     * Plays a role.
     *
     * @param arguments the role and the plan
     * @throws IOException if the transport fails
     * @throws InterruptedException if the thread is interrupted
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        TransferPlan plan = TransferPlan.parse(List.of(arguments).subList(1, arguments.length));
        switch (Role.valueOf(arguments[0])) {
            case PRODUCE -> plan.transport().open().produce(plan);
            case CONSUME -> {
                Meter meter = new Meter(plan.devices());
                meter.start(plan, (bytes, nanos) -> System.out.println(RESULT + " " + bytes + " " + nanos));
                plan.transport().open().consume(plan, Peer::ready, meter);
            }
            case ASK -> HandOff.ask(plan);
            case ANSWER -> HandOff.answer(plan, Peer::ready);
            case IDLE_SERVER -> IdleDevice.server(plan);
            case IDLE_CLIENT -> IdleDevice.client(plan, Peer::ready);
        }
    }

    /**
     * Waits until the parent closes the standard input of this process. The parent does so when it has the result of
     * the other process.
     */
    static void awaitParent() throws IOException {
        int ignored = System.in.read();
    }

    private static void ready() {
        System.out.println(READY);
    }

    /** The roles of a process. */
    enum Role {
        PRODUCE, CONSUME, ASK, ANSWER, IDLE_SERVER, IDLE_CLIENT
    }
}
