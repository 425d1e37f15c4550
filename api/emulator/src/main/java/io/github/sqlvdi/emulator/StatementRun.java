package io.github.sqlvdi.emulator;

import io.github.sqlvdi.CommandCode;
import io.github.sqlvdi.CompletionCodes;
import io.github.sqlvdi.Features;
import io.github.sqlvdi.VdiConfig;
import io.github.sqlvdi.VdiException;
import io.github.sqlvdi.server.AgentEnd;
import io.github.sqlvdi.server.CompletionAgent;
import io.github.sqlvdi.server.ServerAnswer;
import io.github.sqlvdi.server.ServerDeviceSet;
import io.github.sqlvdi.statement.SqlMessage;
import io.github.sqlvdi.statement.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** One execution of a statement, from its checks to its verdict. */
final class StatementRun {

    private static final Duration CONFIGURATION_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration AGENT_LOOK = Duration.ofDays(1);

    private final StatementPlan plan;
    private final TransferPool pool = new TransferPool();
    private final StatementControl control = new StatementControl(pool);
    private final List<DeviceStream> streams = new ArrayList<>();
    private volatile ServerDeviceSet set;

    StatementRun(StatementPlan plan) {
        this.plan = plan;
    }

    Verdict execute() {
        long begin = System.nanoTime();
        try {
            operate();
        } catch (StatementFailure failure) {
            control.fail(failure.messages());
        }
        return verdict(Duration.ofNanos(System.nanoTime() - begin));
    }

    void cancel() {
        control.fail(SqlMessages.cancelled());
        ServerDeviceSet current = set;
        if (current != null) {
            current.abort();
        }
    }

    private void operate() throws StatementFailure {
        refuse(StatementCheck.options(plan));
        try (ServerDeviceSet opened = open()) {
            set = opened;
            work(opened);
        } catch (VdiException failure) {
            throw new StatementFailure(SqlMessages.setFailed("Initialize", plan.setName(), failure));
        }
    }

    private void work(ServerDeviceSet opened) throws StatementFailure {
        try {
            if (control.failed()) { // cancel() was called before there was a set to abort
                opened.abort();
                return;
            }
            VdiConfig agreed = configure(opened);
            watch(opened.startCompletionAgent());
            openDevices(opened, agreed);
        } catch (StatementFailure | RuntimeException failure) {
            opened.abort(); // the client may wait for a configuration or a device that will never come
            throw failure;
        }
        transferAll();
    }

    private static void refuse(Optional<SqlMessage> reason) throws StatementFailure {
        if (reason.isPresent()) {
            throw new StatementFailure(reason.get());
        }
    }

    private ServerDeviceSet open() throws StatementFailure {
        try {
            ServerDeviceSet.Builder wanted = ServerDeviceSet.builder(plan.setName()).provider(plan.provider());
            plan.instance().ifPresent(wanted::instance);
            return wanted.open();
        } catch (VdiException failure) {
            throw new StatementFailure(SqlMessages.openFailed(plan.setName(), failure));
        }
    }

    private VdiConfig configure(ServerDeviceSet opened) throws StatementFailure {
        VdiConfig client = opened.configuration();
        refuse(StatementCheck.client(plan, client));
        opened.beginConfiguration(ServerAnswer.builder().features(answeredFeatures(client)).blockSize(plan.blockSize())
                .alignment(Math.max(plan.blockSize(), client.alignment())).maxTransferSize(plan.maxTransferSize())
                .timeout(CONFIGURATION_TIMEOUT).build());
        opened.requestBuffers(plan.maxTransferSize(), 0, plan.bufferCount());
        try {
            opened.endConfiguration();
        } catch (VdiException noBuffers) {
            throw new StatementFailure(SqlMessages.setFailed("AllocateBuffer", plan.setName(), noBuffers));
        }
        if ((long) plan.maxTransferSize() * plan.bufferCount() > plan.bufferRoom()) {
            throw new StatementFailure(SqlMessages.noBuffers(plan.setName()));
        }
        for (int buffer = 0; buffer < plan.bufferCount(); buffer++) {
            pool.add(new Transfer(opened.allocateBuffer(plan.maxTransferSize(), 0)));
        }
        return opened.configuration();
    }

    /**
     * Takes notice of an abort while no command is under way that could be answered with it: a source may have no data for
     * long, or a target may take none.
     */
    private void watch(CompletionAgent agent) {
        List<SqlMessage> messages =
                SqlMessages.commandFailed(plan.backup() ? CommandCode.WRITE : CommandCode.READ, plan.setName(),
                        CompletionCodes.OPERATION_ABORTED);
        Thread.ofVirtual().name("sqlvdi-server-abort-" + plan.setName()).start(() -> {
            try {
                boolean ended;
                do {
                    ended = agent.join(AGENT_LOOK);
                } while (!ended);
                if (agent.end() == AgentEnd.ABORTED) {
                    control.abort(messages);
                }
            } catch (InterruptedException | RuntimeException lost) { // without an agent no command is ever answered
                control.abort(messages);
            }
        });
    }

    private int answeredFeatures(VdiConfig client) {
        int answer = client.features() | (plan.backup() ? Features.WRITE_MEDIA : Features.READ_MEDIA);
        boolean completes = plan.backup() && plan.supportsComplete()
                && (client.features() & Features.REQUEST_COMPLETE) != 0;
        return completes ? answer | Features.COMPLETE_ENABLED : answer;
    }

    private void openDevices(ServerDeviceSet opened, VdiConfig agreed) {
        List<String> names = plan.deviceNames();
        for (int device = 0; device < names.size(); device++) {
            DeviceLink link = new DeviceLink(names.get(device), opened.openDevice(names.get(device)), pool, control);
            streams.add(plan.backup()
                    ? new BackupStream(plan, agreed, pool, link, plan.sources().get(device))
                    : new RestoreStream(plan, agreed, pool, link, plan.targets().get(device),
                            plan.streamLength(device)));
        }
    }

    /** Transfers all streams with one thread for each device, as SQL Server does (VDI reference 1.3). */
    private void transferAll() {
        List<Thread> threads = streams.stream().map(stream -> Thread.ofPlatform().daemon()
                .name("sqlvdi-server-" + stream.link().name()).start(() -> transfer(stream))).toList();
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException request) {
                    interrupted = true;
                    cancel();
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void transfer(DeviceStream stream) {
        try {
            stream.transfer();
        } catch (StatementFailure failure) {
            control.fail(failure.messages());
        } catch (RuntimeException | Error unexpected) {
            control.fail(SqlMessages.misbehaved(stream.link().name(), "The emulator failed: " + unexpected));
            throw unexpected;
        } finally {
            stream.link().close();
        }
    }

    private Verdict verdict(Duration elapsed) {
        long bytes = streams.stream().mapToLong(DeviceStream::bytes).sum();
        List<SqlMessage> failure = control.failure();
        if (failure == null) {
            return new Verdict(true, List.of(SqlMessages.success(plan.statementName(), bytes, elapsed)),
                    OptionalLong.of(bytes));
        }
        List<SqlMessage> messages = new ArrayList<>(failure);
        messages.add(SqlMessages.terminating(plan.statementName()));
        return new Verdict(false, messages, OptionalLong.of(bytes));
    }
}
