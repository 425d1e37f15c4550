package io.github.sqlvdi.emulator.junit;

import io.github.sqlvdi.emulator.sqlserver.EmulatedSqlServer;
import java.io.IOException;
import java.util.Objects;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Runs an {@link EmulatedSqlServer} for the tests of a class, or for each test.
 *
 * {@snippet :
 * class NightlyBackupTest {
 *
 *     @RegisterExtension
 *     static final EmulatedSqlServerExtension SERVER =
 *             EmulatedSqlServerExtension.of(() -> EmulatedSqlServer.builder().database("sales", 64 << 20));
 *
 *     @Test
 *     void backsUpSales(EmulatedSqlServer server) {
 *         new NightlyBackup(server.jdbcUrl()).run("sales");
 *     }
 * }
 * }
 *
 * <p>In a static field, or with {@code @ExtendWith(EmulatedSqlServerExtension.class)} at the class, one server runs for all
 * tests of the class and of its {@code @Nested} classes. In an instance field each test has a server of its own. Faults that
 * a test ordered and that did not happen are taken back after the test.
 *
 * <p>Parameters of type {@link EmulatedSqlServer} are resolved. With two extensions at one class a parameter is ambiguous:
 * call {@link #server()} of the fields instead.
 *
 * <p><b>Threads.</b> All methods may be called from any thread, so tests of the class may run in parallel. Tests that
 * order faults should not.
 */
@SuppressWarnings("exports") // JUnit is the user's: a module that uses this class requires it itself
public final class EmulatedSqlServerExtension
        implements
            BeforeAllCallback,
            BeforeEachCallback,
            AfterEachCallback,
            AfterAllCallback,
            ParameterResolver {

    private final Supplier<EmulatedSqlServer.Builder> parts;
    private EmulatedSqlServer server;
    private String owner;

    /** Makes an extension whose server has the system databases only, and the default login. */
    public EmulatedSqlServerExtension() {
        this(EmulatedSqlServer::builder);
    }

    private EmulatedSqlServerExtension(Supplier<EmulatedSqlServer.Builder> parts) {
        this.parts = Objects.requireNonNull(parts, "parts");
    }

    /**
     * Makes an extension with a server of the test's own kind.
     *
     * @param parts gives a new builder, each time a server is started
     * @return the extension, for a field with {@code @RegisterExtension}
     */
    public static EmulatedSqlServerExtension of(Supplier<EmulatedSqlServer.Builder> parts) {
        return new EmulatedSqlServerExtension(parts);
    }

    /**
     * Returns the server that runs.
     *
     * @return the server
     * @throws IllegalStateException if no test of the class runs
     */
    public synchronized EmulatedSqlServer server() {
        if (server == null) {
            throw new IllegalStateException(
                    "No emulated SQL Server runs: it starts before the first test, and needs @RegisterExtension at its field");
        }
        return server;
    }

    /** Starts the server, if the extension belongs to a class. */
    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        start(context);
    }

    /** Starts the server, if the extension belongs to a test. */
    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        start(context);
    }

    /** Takes back the faults that wait, and ends the server of a test. */
    @Override
    public void afterEach(ExtensionContext context) {
        server().clearFaults();
        stop(context);
    }

    /** Ends the server of a class. */
    @Override
    public void afterAll(ExtensionContext context) {
        stop(context);
    }

    private synchronized void start(ExtensionContext context) throws IOException {
        if (server == null) { // else an outer context has started it
            server = parts.get().start();
            owner = context.getUniqueId();
        }
    }

    private synchronized void stop(ExtensionContext context) {
        if (context.getUniqueId().equals(owner)) {
            owner = null;
            try {
                server.close();
            } finally {
                server = null;
            }
        }
    }

    /** {@return whether the parameter is an {@link EmulatedSqlServer}} */
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == EmulatedSqlServer.class;
    }

    /** {@return the server that runs} */
    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return server();
    }
}
