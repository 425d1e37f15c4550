package io.github.sqlvdi.jdbc;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * The login of a program that a person or a scheduler starts. Its password is never among the arguments of the program, which
 * every user of the computer can see: it is in a file, in the environment variable {@value #PASSWORD_VARIABLE}, or asked for on
 * the terminal, in this order. Immutable.
 *
 * <pre>{@code
 * SqlServer server = ServerLogin.at("jdbc:sqlserver://localhost;trustServerCertificate=true").user("backup").connect();
 * }</pre>
 */
public final class ServerLogin {

    /** The environment variable with the password. */
    public static final String PASSWORD_VARIABLE = "SQLVDI_PASSWORD";

    private static final Pattern PASSWORD_IN_URL =
            Pattern.compile(".*;\\s*(password|pwd)\\s*=.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private final String url;
    private final Optional<String> user;
    private final Optional<Path> passwordFile;
    private final UnaryOperator<String> environment;
    private final Terminal terminal;

    /** Asks for a password; null without a terminal, or at its end. */
    interface Terminal {
        char[] ask(String user);
    }

    private ServerLogin(String url, Optional<String> user, Optional<Path> passwordFile,
            UnaryOperator<String> environment, Terminal terminal) {
        this.url = url;
        this.user = user;
        this.passwordFile = passwordFile;
        this.environment = environment;
        this.terminal = terminal;
    }

    /**
     * Takes the URL of a server.
     *
     * @param url the URL of a driver on the class path, without a password
     * @return the login, with what the URL says
     * @throws IllegalArgumentException if the URL has a password; the message does not quote it
     */
    public static ServerLogin at(String url) {
        return at(url, System::getenv, ServerLogin::ask);
    }

    static ServerLogin at(String url, UnaryOperator<String> environment, Terminal terminal) {
        if (PASSWORD_IN_URL.matcher(url).matches()) {
            throw new IllegalArgumentException(
                    "The URL has a password, which every user of this computer can see: give the "
                            + "user, and the password in " + PASSWORD_VARIABLE + ", in a file or when asked");
        }
        return new ServerLogin(url, Optional.empty(), Optional.empty(), environment, terminal);
    }

    private static char[] ask(String user) {
        Console console = System.console();
        return console == null ? null : console.readPassword("Password of %s: ", user);
    }

    /**
     * Sets the login.
     *
     * @param name a member of sysadmin
     * @return a login with it
     */
    public ServerLogin user(String name) {
        return new ServerLogin(url, Optional.of(name), passwordFile, environment, terminal);
    }

    /**
     * Sets the file with the password of {@link #user}.
     *
     * @param file its first line is the password
     * @return a login with it
     */
    public ServerLogin passwordFile(Path file) {
        return new ServerLogin(url, user, Optional.of(file), environment, terminal);
    }

    /**
     * Finds the password, if there is a user. Each connection of the server logs in with it; none is opened here.
     *
     * @return the server
     * @throws IOException if the file with the password cannot be read
     * @throws IllegalArgumentException if there is no password; the message says where it was looked for
     */
    public SqlServer connect() throws IOException {
        Properties properties = new Properties();
        if (user.isPresent()) {
            properties.setProperty("user", user.get());
            properties.setProperty("password", password(user.get()));
        }
        return SqlServer.at(url, properties);
    }

    private String password(String name) throws IOException {
        if (passwordFile.isPresent()) {
            List<String> lines = Files.readAllLines(passwordFile.get());
            if (lines.isEmpty()) {
                throw new IllegalArgumentException(passwordFile.get() + " is empty: expected a password");
            }
            return lines.getFirst();
        }
        String password = environment.apply(PASSWORD_VARIABLE);
        if (password != null) {
            return password;
        }
        char[] typed = terminal.ask(name);
        if (typed == null) {
            throw new IllegalArgumentException(String.format(Locale.ROOT,
                    "The password of %s is missing: set %s, or name a file with it", name, PASSWORD_VARIABLE));
        }
        return new String(typed);
    }
}
