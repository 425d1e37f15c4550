package io.github.sqlvdi.emulator.internal.statements;

import io.github.sqlvdi.emulator.internal.language.RestoreStatement;
import java.io.IOException;

/** Runs RESTORE of every kind. */
public final class Restores {

    private Restores() {
    }

    /**
     * Runs a statement.
     *
     * @param statement the statement
     * @param context its session
     * @param faults the faults that wait
     * @throws IOException if the connection failed
     */
    public static void run(RestoreStatement statement, StatementContext context, Faults faults) throws IOException {
        if (context.inTransaction()) {
            throw Messages.failure("RESTORE DATABASE", Messages.inTransaction());
        }
        switch (statement.kind()) {
            case DATABASE, LOG -> new RestoreRunner(statement, context, faults).run();
            default -> new ReadOnlyRestores(statement, context, faults).run();
        }
    }
}
