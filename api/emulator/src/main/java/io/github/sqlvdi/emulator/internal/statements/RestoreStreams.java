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
    private final Media media;
    private final List<RestoreTarget> targets = new ArrayList<>();

    RestoreStreams(StatementContext context, Faults faults, String statement, Options options, Media media) {
        this.context = context;
        this.faults = faults;
        this.statement = statement;
        this.options = options;
        this.media = media;
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
        FaultInjector injector = new FaultInjector(faults, context, progress);
        List<ServerMessage> refused = injector.refusal(media.first(), context.session().database, false);
        if (!refused.isEmpty()) {
            throw Messages.failure(statement, refused);
        }
        media.names().forEach(device -> targets.add(new RestoreTarget(device, plan, injector, checksums)));
        context.session().command = statement;
        List<ServerMessage> errors = VdiRun.restore(context, progress, media, options, targets, faults.room()).run();
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
