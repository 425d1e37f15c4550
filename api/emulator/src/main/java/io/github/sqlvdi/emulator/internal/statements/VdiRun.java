package io.github.sqlvdi.emulator.internal.statements;

import io.github.sqlvdi.VdiProvider;
import io.github.sqlvdi.emulator.EmulatedServer;
import io.github.sqlvdi.emulator.internal.tokens.ServerMessage;
import io.github.sqlvdi.statement.SqlMessage;
import io.github.sqlvdi.statement.Verdict;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Plays a statement to the client's devices with {@link EmulatedServer}. The only class that knows it. */
final class VdiRun {

    private static final int TERMINATING = 3013;
    private static final int SUCCESS = 3014;
    private static final int CANNOT_OPEN = 3201;

    private final StatementContext context;
    private final Progress progress;
    private final EmulatedServer.Builder builder;
    private final boolean backup;

    private VdiRun(StatementContext context, Progress progress, EmulatedServer.Builder builder, boolean backup,
            List<String> names, Options options) {
        this.context = context;
        this.progress = progress;
        this.builder = builder;
        this.backup = backup;
        builder.provider(VdiProvider.EMBEDDED).deviceNames(names).blockSize(options.blockSize())
                .maxTransferSize(options.maxTransferSize()).bufferCount(options.bufferCount(names.size()));
        if (options.has("SNAPSHOT")) {
            builder.snapshot();
        }
    }

    static VdiRun backup(StatementContext context, Progress progress, List<String> names, Options options,
            List<? extends ReadableByteChannel> sources, boolean supportsComplete) {
        EmulatedServer.Builder builder = EmulatedServer.backup(names.getFirst()).supportsComplete(supportsComplete);
        sources.forEach(builder::source);
        return new VdiRun(context, progress, builder, true, names, options);
    }

    static VdiRun restore(StatementContext context, Progress progress, List<String> names, Options options,
            List<? extends WritableByteChannel> targets) {
        EmulatedServer.Builder builder = EmulatedServer.restore(names.getFirst());
        targets.forEach(builder::target);
        return new VdiRun(context, progress, builder, false, names, options);
    }

    /** Runs the statement and reports its progress. Returns the errors; empty if it succeeded. */
    List<ServerMessage> run() throws IOException {
        EmulatedServer statement = builder.build();
        CompletableFuture<Verdict> verdict = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("sqlvdi-tds-" + context.session().spid() + "-statement").start(() -> {
            try {
                verdict.complete(statement.execute());
            } catch (RuntimeException | Error fault) {
                verdict.completeExceptionally(fault);
            } finally {
                progress.end();
            }
        });
        context.cancellation().during(statement::cancel);
        try {
            report(statement);
            return errors(verdict.get());
        } catch (InterruptedException interrupted) {
            statement.cancel();
            Thread.currentThread().interrupt();
            throw new Cancellation.CancelledException();
        } catch (ExecutionException fault) {
            throw new IllegalStateException("The emulated statement failed", fault.getCause());
        } finally {
            context.cancellation().during(null);
        }
    }

    private void report(EmulatedServer statement) throws IOException, InterruptedException {
        try {
            for (int percent; (percent = progress.next()) >= 0;) {
                context.progress(Messages.percent(percent));
            }
        } catch (IOException lostClient) {
            statement.cancel(); // a real server aborts the backup of a client that is gone
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
