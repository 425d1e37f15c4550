package io.github.sqlvdi.samples.cli;

import io.github.sqlvdi.jdbc.SqlServer;
import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options of a connection to an SQL Server. A password is never an argument: other users see the arguments. */
class SqlLogin {

    /** The environment variable with the password. */
    static final String PASSWORD = "SQLVDI_PASSWORD";

    @Option(names = "--url", required = true, paramLabel = "URL",
            description = "An SQL Server on this computer, for example 'jdbc:sqlserver://localhost;trustServerCertificate=true'. "
                    + "It executes the statement.")
    private String url;

    @Option(names = "--user", paramLabel = "NAME",
            description = "The login, a member of sysadmin. Its password is in the environment variable " + PASSWORD
                    + " or in --password-file, or is asked for.")
    private String user;

    @Option(names = "--password-file", paramLabel = "FILE", description = "A file whose first line is the password.")
    private Path passwordFile;

    @Option(names = "--instance", paramLabel = "NAME",
            description = "The instance whose VDI is used, without the computer. Default: the default instance.")
    private String instance;

    @Option(names = "--json",
            description = "Print one JSON document on standard output, for programs; words go to standard error.")
    private boolean json;

    boolean json() {
        return json;
    }

    SqlServer server(CommandSpec spec) throws IOException {
        if (url.toLowerCase(Locale.ROOT).matches(".*;\\s*(password|pwd)\\s*=.*")) {
            throw new ParameterException(spec.commandLine(),
                    "--url has a password, which every user of this computer can "
                            + "see: give --user, and the password in " + PASSWORD
                            + ", in --password-file or when asked.");
        }
        Properties properties = new Properties();
        if (user != null) {
            properties.setProperty("user", user);
            properties.setProperty("password", password(spec));
        }
        SqlServer server = SqlServer.at(url, properties);
        return instance == null ? server : server.instance(instance);
    }

    private String password(CommandSpec spec) throws IOException {
        if (passwordFile != null) {
            List<String> lines = Files.readAllLines(passwordFile);
            if (lines.isEmpty()) {
                throw new ParameterException(spec.commandLine(), passwordFile + " is empty: expected a password.");
            }
            return lines.getFirst();
        }
        String password = System.getenv(PASSWORD);
        if (password != null) {
            return password;
        }
        Console console = System.console();
        char[] typed = console == null ? null : console.readPassword("Password of %s: ", user);
        if (typed == null) {
            throw new ParameterException(spec.commandLine(), String.format(Locale.ROOT,
                    "The password of %s is missing: set %s, or give --password-file.", user, PASSWORD));
        }
        return new String(typed);
    }
}
