package io.github.sqlvdi.emulator.internal.session;

import io.github.sqlvdi.emulator.internal.catalog.SessionRecord;
import io.github.sqlvdi.emulator.internal.tokens.ServerMessage;
import io.github.sqlvdi.emulator.internal.tokens.TokenWriter;
import io.github.sqlvdi.emulator.internal.views.SystemViews;
import io.github.sqlvdi.emulator.internal.wire.Connection;
import io.github.sqlvdi.emulator.internal.wire.Login;
import io.github.sqlvdi.emulator.internal.wire.Message;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A connection from its first byte to its end. The thread that runs it reads all the time, so an attention and the end of
 * the connection are seen while a statement runs; after the login a second thread executes.
 */
final class Session implements Runnable, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Session.class.getName());

    private final ServerSettings settings;
    private final ScheduledExecutorService clock;
    private final Socket socket;
    private final RequestQueue queue = new RequestQueue();

    Session(ServerSettings settings, ScheduledExecutorService clock, Socket socket) {
        this.settings = settings;
        this.clock = clock;
        this.socket = socket;
    }

    @Override
    public void run() {
        Future<?> deadline = clock.schedule(this::close, settings.loginTimeout().toMillis(), TimeUnit.MILLISECONDS);
        try (Connection connection = new Connection(socket)) {
            Login login = connection.login(settings.encryption(), settings.certificate(),
                    settings.catalog().identity().version(), settings.catalog().identity().instance());
            if (login != null) {
                serve(connection, login, deadline);
            }
        } catch (IOException ended) {
            LOG.log(System.Logger.Level.DEBUG, "A connection ended: {0}", ended.getMessage());
        } finally {
            deadline.cancel(false);
            queue.close();
        }
    }

    private void serve(Connection connection, Login login, Future<?> deadline) throws IOException {
        TokenWriter tokens = new TokenWriter(connection.writer(), login.spoken(), settings.catalog().identity().name());
        LoginResponse response = new LoginResponse(settings, login, tokens);
        List<ServerMessage> refusal = response.refusal();
        if (!refusal.isEmpty()) {
            response.refuse(refusal);
            return;
        }
        Optional<SessionRecord> added =
                settings.sessions().add(spid -> new SessionRecord(spid, login.user(), login.host(),
                        login.application(), this::close));
        if (added.isEmpty()) {
            response.refuse(
                    List.of(new ServerMessage(17809, 20, 3, "Could not connect because the maximum number of user "
                            + "connections has already been reached.")));
            return;
        }
        SessionRecord record = added.get();
        try {
            record.database = settings.catalog().find(response.database()).map(each -> each.name()).orElse("master");
            connection.writer().spid(record.spid());
            connection.writer().packetSize(response.accept());
            connection.loggedIn();
            deadline.cancel(false);
            converse(connection, login, record, tokens);
        } finally {
            settings.sessions().remove(record);
        }
    }

    private void converse(Connection connection, Login login, SessionRecord record, TokenWriter tokens)
            throws IOException {
        SessionState state = new SessionState(settings.catalog(), settings.sessions(),
                new SystemViews(settings.catalog(), settings.sessions()), record);
        SessionExecutor executor = new SessionExecutor(settings, state, tokens, login.spoken());
        Thread thread = Thread.ofPlatform().daemon().name("sqlvdi-tds-" + record.spid()).start(() -> execute(executor));
        try {
            for (Message message; (message = connection.next()) != null;) {
                if (message.type() == Message.ATTENTION) {
                    queue.attention();
                } else if ((message.status() & Message.IGNORE) == 0) {
                    queue.add(message);
                }
            }
        } finally {
            queue.close();
            connection.close();
            join(thread);
        }
    }

    private void execute(SessionExecutor executor) {
        try {
            executor.run(queue);
        } catch (IOException ended) {
            LOG.log(System.Logger.Level.DEBUG, "A session ended: {0}", ended.getMessage());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | StackOverflowError fault) {
            // A fault of the emulator: it ends this session and no other.
            LOG.log(System.Logger.Level.ERROR, "A session of the emulated server failed", fault);
        } finally {
            close();
        }
    }

    /** The record stays until the last statement ended, so a view never shows a free id that still works. */
    private static void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException signal) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the connection; the statement that runs is cancelled. */
    @Override
    public void close() {
        queue.close();
        try {
            socket.close();
        } catch (IOException failure) {
            LOG.log(System.Logger.Level.DEBUG, "A connection could not be closed: {0}", failure.getMessage());
        }
    }
}
