package io.github.sqlvdi.emulator.internal.statements;

import io.github.sqlvdi.emulator.internal.catalog.Database;
import io.github.sqlvdi.emulator.internal.tokens.ServerMessage;
import java.util.Optional;

/** Whether a database can be backed up that way. The order of the checks is inferred (TDS reference 8.4). */
final class BackupChecks {

    private BackupChecks() {
    }

    static Optional<ServerMessage> problem(Database database, boolean log, boolean differential) {
        String name = database.name();
        if (name.equalsIgnoreCase("tempdb")) {
            return Optional.of(ServerMessage.error(3147,
                    "Backup and restore operations are not allowed on database tempdb."));
        }
        if (database.state == Database.State.RESTORING) {
            return Optional.of(Messages.restoring(name));
        }
        if (database.state == Database.State.OFFLINE) {
            return Optional.of(Messages.offline(name));
        }
        if (database.standby) {
            return Optional.of(ServerMessage.error(3036,
                    "The database \"%s\" is in warm-standby state (set by executing "
                            + "RESTORE WITH STANDBY) and cannot be backed up until the entire restore sequence is completed.",
                    name));
        }
        return log ? logProblem(database) : differential ? differentialProblem(database) : serialized(database);
    }

    private static Optional<ServerMessage> logProblem(Database database) {
        if (database.name().equalsIgnoreCase("master")) {
            return Optional.of(ServerMessage.error(4212,
                    "Cannot back up the log of the master database. Use BACKUP DATABASE instead."));
        }
        if (database.recoveryModel.equals("SIMPLE")) {
            return Optional
                    .of(ServerMessage.error(4208, "The statement %s is not allowed while the recovery model is SIMPLE. "
                            + "Use BACKUP DATABASE or change the recovery model using ALTER DATABASE.", "BACKUP LOG"));
        }
        return database.hasChain ? Optional.empty() : Optional.of(ServerMessage.error(4214,
                "BACKUP LOG cannot be performed because there is no current database backup."));
    }

    private static Optional<ServerMessage> differentialProblem(Database database) {
        if (database.name().equalsIgnoreCase("master")) {
            return Optional.of(fullOnly());
        }
        if (!database.hasBase) {
            return Optional.of(ServerMessage.error(3035,
                    "Cannot perform a differential backup for database \"%s\", because "
                            + "a current database backup does not exist. Perform a full database backup by reissuing BACKUP "
                            + "DATABASE, omitting the WITH DIFFERENTIAL option.",
                    database.name()));
        }
        return serialized(database);
    }

    static ServerMessage fullOnly() {
        return ServerMessage.error(3024, "You can only perform a full backup of the master database. Use "
                + "BACKUP DATABASE to back up the entire master database.");
    }

    private static Optional<ServerMessage> serialized(Database database) {
        return database.inBackup ? Optional.of(Messages.notSerialized()) : Optional.empty();
    }
}
