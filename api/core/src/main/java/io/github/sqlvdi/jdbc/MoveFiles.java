package io.github.sqlvdi.jdbc;

import io.github.sqlvdi.mtf.BackupFile;
import io.github.sqlvdi.mtf.StreamReport;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Decides where the files of a restored database go.
 *
 * <ol>
 * <li>A file that the database has already stays where it is.
 * <li>A database that is restored under its own name on the server that made the backup gets its old places, unless another
 * database uses one.
 * <li>Every other file goes to the server's folder for data or log, as the name of the database, the logical name and the
 * old extension. A name that is taken gets a number.
 * </ol>
 */
public final class MoveFiles {

    private final SqlServer server;

    private MoveFiles(SqlServer server) {
        this.server = server;
    }

    /**
     * Takes the folders of a server.
     *
     * @param server the server that restores
     * @return the decision
     */
    public static MoveFiles on(SqlServer server) {
        return new MoveFiles(server);
    }

    /**
     * Decides for one backup.
     *
     * @param database the name under which it is restored
     * @param backup what its stream says; the file list is enough
     * @return the physical name for each logical name, in the order of the file list
     * @throws SQLException if the server could not be asked
     */
    public Map<String, String> of(String database, StreamReport backup) throws SQLException {
        try (Connection connection = server.source().getConnection()) {
            Folders folders = Folders.of(connection);
            Map<String, String> own = new HashMap<>();
            Set<String> others = new HashSet<>();
            files(connection, database, own, others);
            boolean atHome = backup.header().filter(header -> header.databaseName().equalsIgnoreCase(database)
                    && header.serverName().equalsIgnoreCase(folders.server())).isPresent();
            Map<String, String> moves = new LinkedHashMap<>();
            for (BackupFile file : backup.files()) {
                String place = own.get(file.logicalName());
                if (place == null && atHome && !others.contains(key(file.physicalName()))) {
                    place = file.physicalName();
                }
                if (place == null) {
                    place = folders.place(database, file, others);
                }
                others.add(key(place));
                moves.put(file.logicalName(), place);
            }
            return moves;
        }
    }

    private static String key(String path) {
        return path.toLowerCase(Locale.ROOT);
    }

    private static void files(Connection connection, String database, Map<String, String> own, Set<String> others)
            throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT name, physical_name, DB_NAME(database_id) "
                + "FROM sys.master_files"); ResultSet row = query.executeQuery()) {
            while (row.next()) {
                if (database.equalsIgnoreCase(row.getString(3))) {
                    own.put(row.getString(1), row.getString(2));
                } else {
                    others.add(key(row.getString(2)));
                }
            }
        }
    }

    private record Folders(String server, String data, String log) {

        static Folders of(Connection connection) throws SQLException {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT @@SERVERNAME, "
                            + "CAST(SERVERPROPERTY('InstanceDefaultDataPath') AS nvarchar(260)), "
                            + "CAST(SERVERPROPERTY('InstanceDefaultLogPath') AS nvarchar(260))")) {
                row.next();
                String data = row.getString(2);
                String log = row.getString(3);
                if (data == null || log == null) {
                    throw new SQLException("The server does not tell its folders for data and log "
                            + "(SERVERPROPERTY InstanceDefaultDataPath, SQL Server 2012 and later): use move()");
                }
                return new Folders(String.valueOf(row.getString(1)), data, log);
            }
        }

        String place(String database, BackupFile file, Set<String> taken) {
            String folder = file.isLog() ? log : data;
            String separator = folder.endsWith("/") || folder.endsWith("\\") ? "" : folder.contains("\\") ? "\\" : "/";
            String name = clean(database) + "_" + clean(file.logicalName());
            String old = file.physicalName().substring(Math.max(file.physicalName().lastIndexOf('/'),
                    file.physicalName().lastIndexOf('\\')) + 1);
            String extension =
                    old.lastIndexOf('.') > 0 ? old.substring(old.lastIndexOf('.')) : file.isLog() ? ".ldf" : ".mdf";
            String place = folder + separator + name + extension;
            for (int number = 2; taken.contains(key(place)); number++) {
                place = folder + separator + name + number + extension;
            }
            return place;
        }

        /** Names of databases may have characters that names of files may not. */
        private static String clean(String name) {
            return name.replaceAll("[\\\\/:*?\"<>|\\p{Cntrl}]", "_");
        }
    }
}
