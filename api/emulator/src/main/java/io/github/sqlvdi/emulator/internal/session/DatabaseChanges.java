package io.github.sqlvdi.emulator.internal.session;

import io.github.sqlvdi.emulator.internal.catalog.Catalog;
import io.github.sqlvdi.emulator.internal.catalog.Database;
import io.github.sqlvdi.emulator.internal.catalog.SessionRecord;
import io.github.sqlvdi.emulator.internal.language.Statement;
import io.github.sqlvdi.emulator.internal.tokens.Done;
import io.github.sqlvdi.emulator.internal.tokens.ServerError;
import io.github.sqlvdi.emulator.internal.tokens.ServerMessage;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** CREATE, ALTER and DROP DATABASE. */
final class DatabaseChanges {

    private static final long NEW_SIZE = 8L << 20;

    private final SessionState state;
    private final Reply reply;

    DatabaseChanges(SessionState state, Reply reply) {
        this.state = state;
        this.reply = reply;
    }

    int command(Statement.DatabaseChange change) {
        return change.action().equals("CREATE") ? Done.CREATE_DATABASE : Done.ALTER_DATABASE;
    }

    void run(Statement.DatabaseChange change) throws IOException {
        for (String name : change.databases()) {
            switch (change.action()) {
                case "CREATE" -> create(name);
                case "DROP" -> drop(name, change.ifExists());
                default -> alter(name.equals("CURRENT") ? state.session().database : name, change);
            }
        }
        reply.done(command(change), -1);
    }

    private void create(String name) {
        state.catalog().change(all -> {
            if (all.find(name).isPresent()) {
                throw new ServerError(ServerMessage.error(1801,
                        "Database '%s' already exists. Choose a different database name.", name).withState(3));
            }
            return all.add(name, NEW_SIZE);
        });
    }

    private void drop(String name, boolean ifExists) {
        requireUnused(name, 3702, "Cannot drop database \"%s\" because it is currently in use.");
        state.catalog().change(all -> {
            Database database = all.find(name).orElse(null);
            if (database == null && !ifExists) {
                throw new ServerError(
                        new ServerMessage(3701, 11, 1,
                                String.format(Locale.ROOT, "Cannot drop the database '%s', because it does not ", name)
                                        + "exist or you do not have permission."));
            }
            if (database != null && database.isSystem()) {
                throw new ServerError(ServerMessage.error(3708,
                        "Cannot drop the database '%s' because it is a system database.", name));
            }
            return all.remove(name);
        });
    }

    private void requireUnused(String name, int number, String text) {
        Stream<SessionRecord> users =
                state.sessions().all().stream().filter(each -> each.database.equalsIgnoreCase(name));
        if (users.findAny().isPresent()) {
            throw new ServerError(ServerMessage.error(number, text, name).withState(4));
        }
    }

    private void alter(String name, Statement.DatabaseChange change) {
        state.catalog().change(all -> {
            Database database = all.find(name).orElseThrow(() -> new ServerError(
                    ServerMessage
                            .error(5011, "User does not have permission to alter database '%s', the database does not "
                                    + "exist, or the database is not in a state that allows access checks.", name)
                            .withState(5),
                    ServerMessage.error(5069, "ALTER DATABASE statement failed.")));
            apply(all, database, change);
            return null;
        });
    }

    private void apply(Catalog catalog, Database database, Statement.DatabaseChange change) {
        switch (change.option()) {
            case "RECOVERY" -> {
                if (change.value().equals("SIMPLE")) {
                    database.hasChain = false;
                }
                database.recoveryModel = change.value();
            }
            case "SINGLE_USER", "MULTI_USER", "RESTRICTED_USER" -> database.access = change.option();
            case "READ_ONLY", "READ_WRITE" -> database.readOnly = change.option().equals("READ_ONLY");
            case "OFFLINE" -> database.state = Database.State.OFFLINE;
            case "ONLINE" -> {
                if (database.state == Database.State.RESTORING) {
                    throw new ServerError(List.of(ServerMessage.error(5052,
                            "ALTER DATABASE is not permitted while a database is in the Restoring state."),
                            ServerMessage.error(5069, "ALTER DATABASE statement failed.")));
                }
                database.state = Database.State.ONLINE;
            }
            default -> catalog.rename(database.name(), change.value());
        }
    }
}
