package io.github.sqlvdi.emulator.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.emulator.sqlserver.DrivenStatement;
import io.github.sqlvdi.emulator.sqlserver.EmulatedSqlServer;
import io.github.sqlvdi.emulator.sqlserver.ServerFault;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** Runs classes that have the extension, and looks at the servers that their tests saw. */
class EmulatedSqlServerExtensionTest {

    private static final List<EmulatedSqlServer> SEEN = new CopyOnWriteArrayList<>();

    @BeforeEach
    void forget() {
        SEEN.clear();
    }

    /** Runs the tests of a class. Returns how many there were; all have succeeded. */
    private static long run(Class<?> tests) {
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create().execute(LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectClass(tests)).build(), listener);
        listener.getSummary().getFailures().forEach(failure -> {
            throw new AssertionError(failure.getTestIdentifier().getDisplayName(), failure.getException());
        });
        return listener.getSummary().getTestsSucceededCount();
    }

    private static void requireClosed(EmulatedSqlServer server) {
        assertThrows(IOException.class, () -> new Socket("localhost", server.port()).close());
    }

    @Test
    void staticFieldHasOneServerForTheClassAndNestedClasses() {
        assertEquals(3, run(OneForTheClass.class));
        assertEquals(3, SEEN.size());
        assertSame(SEEN.getFirst(), SEEN.get(1));
        assertSame(SEEN.getFirst(), SEEN.getLast());
        requireClosed(SEEN.getFirst());
        assertThrows(IllegalStateException.class, OneForTheClass.SERVER::server);
    }

    @Test
    void instanceFieldHasOneServerForEachTest() {
        assertEquals(2, run(OneForEachTest.class));
        assertNotSame(SEEN.getFirst(), SEEN.getLast());
        SEEN.forEach(EmulatedSqlServerExtensionTest::requireClosed);
    }

    @Test
    void annotationGivesAnEmptyServer() {
        assertEquals(1, run(Annotated.class));
        requireClosed(SEEN.getFirst());
    }

    static class OneForTheClass {

        @RegisterExtension
        static final EmulatedSqlServerExtension SERVER =
                EmulatedSqlServerExtension.of(() -> EmulatedSqlServer.builder().database("sales", 1));

        @Test
        void parameterIsTheServer(EmulatedSqlServer server) {
            assertSame(server, SERVER.server());
            assertEquals("ONLINE", server.state("sales").orElseThrow());
            SEEN.add(server);
        }

        @Nested
        @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
        class Faults {

            @Test
            @Order(1)
            void orderedFaultDoesNotHappen(EmulatedSqlServer server) {
                server.inject(ServerFault.refuseDevices());
                SEEN.add(server);
            }

            @Test
            @Order(2)
            void faultOfTheTestBeforeIsGone(EmulatedSqlServer server, @TempDir Path folder) {
                SEEN.add(server);
                DrivenStatement.Outcome outcome = DrivenStatement.run(text -> {
                    try (Connection connection = DriverManager.getConnection(server.jdbcUrl())) {
                        connection.createStatement().execute(text);
                    }
                    return List.of();
                }, "BACKUP DATABASE sales TO @", folder.resolve("full"));
                assertTrue(outcome.job().good(), () -> outcome.job().failures().toString());
            }
        }
    }

    static class OneForEachTest {

        @RegisterExtension
        final EmulatedSqlServerExtension server = EmulatedSqlServerExtension.of(EmulatedSqlServer::builder);

        @Test
        void one() {
            SEEN.add(server.server());
        }

        @Test
        void two() {
            SEEN.add(server.server());
        }
    }

    @ExtendWith(EmulatedSqlServerExtension.class)
    static class Annotated {

        @Test
        void serverRuns(EmulatedSqlServer server) throws SQLException {
            SEEN.add(server);
            DriverManager.getConnection(server.jdbcUrl()).close();
        }
    }
}
