package io.github.sqlvdi.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a login takes its password from: a file, the environment, the terminal. */
class ServerLoginTest {

    private static final String URL = "jdbc:login-test:";
    private static final UnaryOperator<String> EMPTY = name -> null;

    @TempDir
    private Path folder;

    /** Connects with a driver of the test, and returns the user and the password that it was given. */
    private static List<String> credentials(ServerLogin login) throws IOException, SQLException {
        Properties[] given = new Properties[1];
        Driver driver = (Driver) Proxy.newProxyInstance(ServerLoginTest.class.getClassLoader(),
                new Class<?>[]{Driver.class}, (proxy, method, arguments) -> switch (method.getName()) {
                    case "connect" -> {
                        if (!arguments[0].equals(URL)) {
                            yield null;
                        }
                        given[0] = (Properties) arguments[1];
                        yield Proxy.newProxyInstance(ServerLoginTest.class.getClassLoader(),
                                new Class<?>[]{Connection.class}, (connection, call, values) -> null);
                    }
                    case "equals" -> proxy == arguments[0];
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "toString" -> "the driver of the test";
                    default -> throw new UnsupportedOperationException(method.getName());
                });
        DriverManager.registerDriver(driver);
        try {
            login.connect().source().getConnection().close();
        } finally {
            DriverManager.deregisterDriver(driver);
        }
        return List.of(given[0].getProperty("user", ""), given[0].getProperty("password", ""));
    }

    private static ServerLogin login(UnaryOperator<String> environment, ServerLogin.Terminal terminal) {
        return ServerLogin.at(URL, environment, terminal);
    }

    @Test
    void fileGoesBeforeTheEnvironmentAndTheTerminal() throws Exception {
        Path file = Files.writeString(folder.resolve("password"), "of the file\nsecond line\n");
        UnaryOperator<String> environment =
                name -> name.equals(ServerLogin.PASSWORD_VARIABLE) ? "of the environment" : fail(name);
        ServerLogin.Terminal terminal = user -> ("of " + user).toCharArray();
        assertEquals(List.of("backup", "of the file"),
                credentials(login(environment, terminal).user("backup").passwordFile(file)));
        assertEquals(List.of("backup", "of the environment"), credentials(login(environment, terminal).user("backup")));
        assertEquals(List.of("backup", "of backup"), credentials(login(EMPTY, terminal).user("backup")));
    }

    @Test
    void withoutAUserNoPasswordIsLookedFor() throws Exception {
        ServerLogin login = login(name -> fail("the environment was asked"), user -> fail("the terminal was asked"));
        assertEquals(List.of("", ""), credentials(login));
    }

    @Test
    void missingPasswordSaysWhereItIsLookedFor() throws Exception {
        String message = assertThrows(IllegalArgumentException.class,
                () -> login(EMPTY, user -> null).user("backup").connect()).getMessage();
        assertTrue(message.contains("backup") && message.contains(ServerLogin.PASSWORD_VARIABLE), message);
        Path empty = Files.createFile(folder.resolve("empty"));
        message = assertThrows(IllegalArgumentException.class,
                () -> login(EMPTY, user -> null).user("backup").passwordFile(empty).connect()).getMessage();
        assertTrue(message.contains(empty + " is empty"), message);
        assertThrows(NoSuchFileException.class,
                () -> login(EMPTY, user -> null).user("backup").passwordFile(folder.resolve("none")).connect());
    }

    @Test
    void passwordInTheUrlIsRefusedAndNotQuoted() {
        for (String url : List.of("jdbc:sqlserver://localhost;password=secret",
                "jdbc:sqlserver://h;user=a;PWD = secret",
                "jdbc:sqlserver://h;\n Password=secret")) {
            String message = assertThrows(IllegalArgumentException.class, () -> ServerLogin.at(url)).getMessage();
            assertTrue(message.startsWith("The URL has a password"), message);
            assertFalse(message.contains("secret"), message);
        }
    }
}
