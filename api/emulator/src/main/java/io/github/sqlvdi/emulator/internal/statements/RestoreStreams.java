package io.github.sqlvdi.emulator.internal.statements;

import io.github.sqlvdi.emulator.internal.tokens.ServerMessage;
import io.github.sqlvdi.mtf.StreamReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads the streams of the devices of a RESTORE statement of any kind. */
final class RestoreStreams {

    private final StatementContext context;
    private final Faults faults;
    private final String statement;
    private final Options options;
    private final List<String> names;
    private final List<RestoreTarget> targets = new ArrayList<>();

    RestoreStreams(StatementContext context, Faults faults, String statement, Options options, List<String> names) {
        this.context = context;
        this.faults = faults;
        this.statement = statement;
        this.options = options;
        this.names = names;
    }

    List<RestoreTarget> targets() {
        return targets;
    }

    /**
     * Reads the streams to their ends, or until the plan knows enough.
     *
     * @return the report of the first stream
     * @throws io.github.sqlvdi.emulator.internal.tokens.ServerError if the statement failed
     */
    StreamReport read(RestorePlan plan, boolean checksums) throws IOException {
        Progress progress = new Progress(0, options.stats(), context.session());
        FaultInjector injector = new FaultInjector(faults.take(), context, progress);
        if (injector.is(Fault.Kind.REFUSE)) {
            String error = "0x80770007(The object was not open.)";
            throw Messages.failure(statement,
                    ServerMessage.error(18210, "BackupVirtualDeviceSet::Initialize: Open failure on "
                            + "backup device '%s'. Operating system error %s.", names.getFirst(), error),
                    Messages.cannotOpen(names.getFirst(), error, false));
        }
        names.forEach(device -> targets.add(new RestoreTarget(device, plan, injector, checksums)));
        context.session().command = statement;
        List<ServerMessage> errors = VdiRun.restore(context, progress, names, options, targets).run();
        if (!plan.refusal().isEmpty()) {
            throw Messages.failure(statement, plan.refusal());
        }
        if (plan.isEnough()) {
            return targets.getFirst().finish();
        }
        if (!errors.isEmpty()) {
            throw Messages.failure(statement, injector.errors().isEmpty() ? errors : injector.errors());
        }
        for (RestoreTarget target : targets) {
            StreamReport report = target.finish();
            if (!report.isWhole()) {
                throw Messages.failure(statement, RestorePlan.problem(target.device(), report));
            }
        }
        return targets.getFirst().finish();
    }
}
