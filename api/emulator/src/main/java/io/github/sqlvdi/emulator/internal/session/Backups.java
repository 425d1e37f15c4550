package io.github.sqlvdi.emulator.internal.session;

import io.github.sqlvdi.emulator.internal.language.BackupStatement;
import io.github.sqlvdi.emulator.internal.language.RestoreStatement;
import io.github.sqlvdi.emulator.internal.query.Evaluator;
import java.io.IOException;

/** Runs BACKUP and RESTORE for a session. */
public interface Backups {

    void backup(BackupStatement statement, SessionState state, Evaluator evaluator, Reply reply) throws IOException;

    void restore(RestoreStatement statement, SessionState state, Evaluator evaluator, Reply reply) throws IOException;
}
