package io.github.sqlvdi.samples.cli;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options of a BACKUP or RESTORE that an SQL Server executes. */
class SqlStatementOptions extends SqlLogin {

    /** A database whose statement is put together from options, or a text. */
    private static final class Choice {

        @Option(names = "--database", paramLabel = "NAME",
                description = "The database to back up, or the name that the restored one gets.")
        private String database;

        @Option(names = "--sql", paramLabel = "TEXT",
                description = "The statement in T-SQL, with '{devices}' in the place of its devices.")
        private String sql;
    }

    @ArgGroup(multiplicity = "1")
    private Choice choice;

    @Option(names = "--option", paramLabel = "TEXT",
            description = "An option of the statement in T-SQL, such as CHECKSUM or \"NAME = N'nightly'\"; may be given again.")
    private List<String> options = List.of();

    final Optional<String> sql() {
        return Optional.ofNullable(choice.sql);
    }

    /** {@return the database; null with a text} */
    final String database() {
        return choice.database;
    }

    final List<String> options() {
        return options;
    }
}
