package io.github.sqlvdi.emulator.internal.statements;

import io.github.sqlvdi.VdiProvider;
import io.github.sqlvdi.emulator.EmulatedServer;
import io.github.sqlvdi.emulator.internal.tokens.ServerMessage;
import io.github.sqlvdi.statement.SqlMessage;
import io.github.sqlvdi.statement.SqlStatement;
import io.github.sqlvdi.statement.Verdict;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Executes a statement: on the client's devices with {@link EmulatedServer}, which no other class knows, or on files. */
final class VdiRun {

    private static final int TERMINATING = 3013;
    private static final int SUCCESS = 3014;
    private static final int CANNOT_OPEN = 3201;

    private final StatementContext context;
    private final Progress progress;
    private final SqlStatement statement;
    private final boolean backup;

    private VdiRun(StatementContext context, Progress progress, SqlStatement statement, boolean backup) {
        this.context = context;
        this.progress = progress;
        this.statement = statement;
        this.backup = backup;
    }

    static VdiRun backup(StatementContext context, Progress progress, Media media, Options options,
            List<? extends ReadableByteChannel> sources, FaultInjector faults) {
        if (media.onDisk()) {
            boolean overwrite = options.has("INIT") || options.has("FORMAT");
            return new VdiRun(context, progress, DiskStatement.backup(media, sources, overwrite,
                    faults.is(Fault.Kind.CUT) || faults.is(Fault.Kind.LENGTHEN) ? 1 : options.blockSize()), true);
        }
        EmulatedServer.Builder builder =
                EmulatedServer.backup(media.first()).supportsComplete(!faults.is(Fault.Kind.NO_COMPLETE));
        if (!faults.is(Fault.Kind.CUT) && !faults.is(Fault.Kind.LENGTHEN)) {
            builder.wholeBlocks(); // as SQL Server; a stream of a wrong size has the size that was ordered
        }
        sources.forEach(builder::source);
        return new VdiRun(context, progress, build(builder, media, options, faults.room()), true);
    }

    static VdiRun restore(StatementContext context, Progress progress, Media media, Options options,
            List<? extends WritableByteChannel> targets, long room) {
        if (media.onDisk()) {
            return new VdiRun(context, progress, DiskStatement.restore(media, targets), false);
        }
        EmulatedServer.Builder builder = EmulatedServer.restore(media.first());
        targets.forEach(builder::target);
        return new VdiRun(context, progress, build(builder, media, options, room), false);
    }

    private static SqlStatement build(EmulatedServer.Builder builder, Media media, Options options, long room) {
        builder.provider(VdiProvider.EMBEDDED).deviceNames(media.names()).blockSize(options.blockSize())
                .maxTransferSize(options.maxTransferSize()).bufferCount(options.bufferCount(media.count()))
                .bufferRoom(room);
        if (options.isSnapshot()) {
            builder.snapshot();
        }
        return builder.build();
    }

    /** The position of the backup set on its media, from 1; known when the statement has ended. */
    int position() {
        return statement instanceof DiskStatement disk ? disk.position() : 1;
    }

    /** Runs the statement and reports its progress. Returns the errors; empty if it succeeded. */
    List<ServerMessage> run() throws IOException {
        CompletableFuture<Verdict> verdict = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("sqlvdi-tds-" + context.session().spid() + "-statement").start(() -> {
            try {
                verdict.complete(statement.execute());
            } catch (Exception | Error fault) {
                verdict.completeExceptionally(fault);
            } finally {
                progress.end();
            }
        });
        context.cancellation().during(this::cancel);
        try {
            report();
            return errors(verdict.get());
        } catch (InterruptedException interrupted) {
            cancel();
            Thread.currentThread().interrupt();
            throw new Cancellation.CancelledException();
        } catch (ExecutionException fault) {
            throw new IllegalStateException("The emulated statement failed", fault.getCause());
        } finally {
            context.cancellation().during(null);
        }
    }

    private void cancel() {
        statement.cancel();
    }

    private void report() throws IOException, InterruptedException {
        try {
            for (int percent; (percent = progress.next()) >= 0;) {
                context.progress(Messages.percent(percent));
            }
        } catch (IOException lostClient) {
            cancel(); // a real server aborts the backup of a client that is gone
            throw lostClient;
        }
    }

    private List<ServerMessage> errors(Verdict verdict) {
        List<ServerMessage> errors = new ArrayList<>();
        for (SqlMessage message : verdict.messages()) {
            if (message.number() != TERMINATING && message.number() != SUCCESS) {
                int state = message.number() == CANNOT_OPEN && !backup ? 2 : 1;
                errors.add(new ServerMessage(message.number(), message.severity(), state, message.text()));
            }
        }
        return errors;
    }
}
