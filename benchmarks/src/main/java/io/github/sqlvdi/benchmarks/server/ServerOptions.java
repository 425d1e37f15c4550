package io.github.sqlvdi.benchmarks.server;

import io.github.sqlvdi.VdiProvider;
import io.github.sqlvdi.emulator.sqlserver.EmulatedSqlServer;
import io.github.sqlvdi.jdbc.ServerLogin;
import io.github.sqlvdi.jdbc.SqlServer;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/**
 * The options that name the server and its database. They are those of the command line {@code sqlvdi}. A password is never
 * an argument: other users see the arguments.
 */
public final class ServerOptions {

    @ArgGroup(multiplicity = "1")
    private Where where;

    @Option(names = "--user", paramLabel = "NAME",
            description = "The login, a member of sysadmin. Its password is in the environment variable "
                    + ServerLogin.PASSWORD_VARIABLE
                    + " or in --password-file, or is asked for.")
    private String user;

    @Option(names = "--password-file", paramLabel = "FILE", description = "A file whose first line is the password.")
    private Path passwordFile;

    @Option(names = "--instance", paramLabel = "NAME",
            description = "The instance whose VDI is used, without the computer. Default: the default instance.")
    private String instance;

    @Option(names = "--provider", defaultValue = "AUTOMATIC",
            description = "The implementation of VDI: ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}). An emulated server in "
                    + "another process needs EMBEDDED.")
    private VdiProvider provider;

    @Option(names = "--database", required = true, paramLabel = "NAME",
            description = "The database to back up, by its exact name. No other database is touched. Its backups are "
                    + "COPY_ONLY, so they change neither differential bases nor the log chain.")
    private String database;

    /** A real server, or an emulated one. */
    private static final class Where {

        @Option(names = "--url", required = true, paramLabel = "URL",
                description = "An SQL Server on this computer, for example "
                        + "'jdbc:sqlserver://localhost;trustServerCertificate=true'.")
        private String url;

        @Option(names = "--emulated", required = true, paramLabel = "MIB",
                description = "In the place of a server: an emulated one in this process, whose database has so many MiB.")
        private Integer mebibytes;
    }

    /** Made by picocli. */
    public ServerOptions() {
    }

    /** {@return the database} */
    public String database() {
        return database;
    }

    /**
     * Connects to the server, or starts the emulated one, and finds the database.
     *
     * @param spec the command, for errors
     * @return the server
     * @throws IOException if the server cannot be asked, or has no database of the very name
     */
    public MeasuredServer open(CommandSpec spec) throws IOException {
        if (where.mebibytes != null) {
            EmulatedSqlServer emulated = EmulatedSqlServer.builder().database(database, (long) where.mebibytes << 20)
                    .start();
            return MeasuredServer.of(SqlServer.at(emulated.jdbcUrl()).provider(VdiProvider.EMBEDDED), database,
                    emulated::close);
        }
        SqlServer server = login(spec).provider(provider);
        return MeasuredServer.of(instance == null ? server : server.instance(instance), database, () -> {
        });
    }

    private SqlServer login(CommandSpec spec) throws IOException {
        try {
            ServerLogin login = ServerLogin.at(where.url);
            login = user == null ? login : login.user(user);
            return (passwordFile == null ? login : login.passwordFile(passwordFile)).connect();
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), wrong.getMessage() + " (--url, --user, --password-file).",
                    wrong);
        }
    }
}
