package io.github.sqlvdi.samples.cli;

import io.github.sqlvdi.emulator.sqlserver.EmulatedSqlServer;
import io.github.sqlvdi.emulator.sqlserver.Encryption;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code sqlvdi server}: an emulated SQL Server for clients in any language. */
@Command(name = "server",
        mixinStandardHelpOptions = true,
        description = "Runs an emulated SQL Server on the loopback address until it is interrupted: T-SQL over TDS, BACKUP and "
                + "RESTORE with virtual devices. Prints how to connect. SIGTERM and Ctrl-C cancel what runs and end it.")
final class ServerCommand implements Callable<Integer> {

    @ParentCommand
    private SqlVdi sqlvdi;

    @Spec
    private CommandSpec spec;

    @Option(names = {"-p", "--port"}, paramLabel = "PORT", description = "TCP port. Default: a free one.")
    private int port;

    @Mixin
    private CatalogOptions catalog;

    @Option(names = {"-e", "--encryption"},
            paramLabel = "MODE",
            description = "optional, required, none or strict. Default: optional.")
    private String encryption = "optional";

    @Override
    public Integer call() throws Exception {
        EmulatedSqlServer.Builder builder = EmulatedSqlServer.builder().port(port);
        try {
            builder.encryption(Encryption.valueOf(encryption.toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException unknown) {
            throw new ParameterException(spec.commandLine(),
                    "The encryption is " + encryption + ": expected optional, required, none or strict.", unknown);
        }
        try (EmulatedSqlServer server = catalog.of(builder).start()) {
            PrintWriter out = spec.commandLine().getOut();
            out.printf(Locale.ROOT, "Listening on %s, port %d%n", server.host(), server.port());
            out.printf(Locale.ROOT, "JDBC:   %s%n", server.jdbcUrl());
            out.printf(Locale.ROOT, "sqlcmd: sqlcmd -S tcp:%s,%d -U %s -P '%s' -C%n", server.host(), server.port(),
                    EmulatedSqlServer.DEFAULT_USER, EmulatedSqlServer.DEFAULT_PASSWORD);
            out.printf(Locale.ROOT, "ODBC:   Server=%s,%d;UID=%s;PWD={%s};TrustServerCertificate=yes%n", server.host(),
                    server.port(), EmulatedSqlServer.DEFAULT_USER, EmulatedSqlServer.DEFAULT_PASSWORD);
            out.flush();
            CountDownLatch interrupted = new CountDownLatch(1);
            sqlvdi.watch(interrupted::countDown);
            interrupted.await();
        }
        return 0;
    }
}
