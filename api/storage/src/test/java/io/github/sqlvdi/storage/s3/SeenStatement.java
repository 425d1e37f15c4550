package io.github.sqlvdi.storage.s3;

import io.github.sqlvdi.statement.SqlStatement;
import io.github.sqlvdi.statement.Verdict;

/** A statement, and what a test does between its verdict and the end of the job. */
record SeenStatement(SqlStatement statement, Runnable atVerdict) implements SqlStatement {

    @Override
    public Verdict execute() throws Exception {
        Verdict verdict = statement.execute();
        atVerdict.run();
        return verdict;
    }

    @Override
    public void cancel() {
        statement.cancel();
    }
}
