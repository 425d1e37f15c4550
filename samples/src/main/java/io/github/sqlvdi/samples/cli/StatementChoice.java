package io.github.sqlvdi.samples.cli;

import java.util.Optional;
import picocli.CommandLine.Option;

/** A database whose statement is put together from options, or a text. */
final class StatementChoice {

    @Option(names = "--database", paramLabel = "NAME",
            description = "The database to back up, or the name that the restored one gets.")
    private String database;

    @Option(names = "--sql", paramLabel = "TEXT",
            description = "The statement in T-SQL, with '{devices}' in the place of its devices.")
    private String sql;

    Optional<String> sql() {
        return Optional.ofNullable(sql);
    }

    /** {@return the database; null with a text} */
    String database() {
        return database;
    }
}
