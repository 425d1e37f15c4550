package io.github.sqlvdi.samples.cli;

import io.github.sqlvdi.jdbc.ServerLogin;
import io.github.sqlvdi.jdbc.SqlServer;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options of a connection to an SQL Server. A password is never an argument: other users see the arguments. */
class SqlLogin {

    @Option(names = "--url", required = true, paramLabel = "URL",
            description = "An SQL Server on this computer, for example 'jdbc:sqlserver://localhost;trustServerCertificate=true'. "
                    + "It executes the statement.")
    private String url;

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

    @Option(names = "--json",
            description = "Print one JSON document on standard output, for programs; words go to standard error.")
    private boolean json;

    boolean json() {
        return json;
    }

    SqlServer server(CommandSpec spec) throws IOException {
        try {
            ServerLogin login = ServerLogin.at(url);
            login = user == null ? login : login.user(user);
            login = passwordFile == null ? login : login.passwordFile(passwordFile);
            SqlServer server = login.connect();
            return instance == null ? server : server.instance(instance);
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), wrong.getMessage() + " (--url, --user, --password-file).",
                    wrong);
        }
    }
}
