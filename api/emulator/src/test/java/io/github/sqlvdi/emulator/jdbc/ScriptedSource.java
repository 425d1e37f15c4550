package io.github.sqlvdi.emulator.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** Connections of Microsoft's driver whose calls act and fail at the stages that a test chooses. */
final class ScriptedSource implements DataSource {

    private static final Runnable NOTHING = () -> {
    };

    private final String url;
    private final AtomicInteger connections = new AtomicInteger();
    private int mostConnections = Integer.MAX_VALUE;
    private volatile boolean loseAnswers;
    private volatile SQLException cancelFailure;
    private volatile Runnable onConnect = NOTHING;
    private volatile Runnable onCreateStatement = NOTHING;
    private volatile Runnable onExecute = NOTHING;
    private volatile Runnable onAnswer = NOTHING;
    private volatile Runnable onAbort = NOTHING;
    private volatile Runnable onEnd = NOTHING;

    ScriptedSource(String url) {
        this.url = url;
    }

    /** The answer of each BACKUP is read and thrown away, as if the connection had broken. */
    void loseAnswers() {
        loseAnswers = true;
    }

    void refuseAfter(int count) {
        mostConnections = count;
    }

    void throwFromCancel(SQLException failure) {
        cancelFailure = failure;
    }

    void onConnect(Runnable action) {
        onConnect = action;
    }

    void onCreateStatement(Runnable action) {
        onCreateStatement = action;
    }

    void onExecute(Runnable action) {
        onExecute = action;
    }

    void onAnswer(Runnable action) {
        onAnswer = action;
    }

    /** Runs when the execution of a BACKUP has ended in the driver, well or not. */
    void onEnd(Runnable action) {
        onEnd = action;
    }

    void onAbort(Runnable action) {
        onAbort = action;
    }

    @Override
    public Connection getConnection() throws SQLException {
        if (connections.incrementAndGet() > mostConnections) {
            throw new SQLNonTransientConnectionException("the server cannot be reached", "08001");
        }
        onConnect.run();
        Connection connection = DriverManager.getConnection(url);
        return proxy(Connection.class, (self, method, arguments) -> {
            if (method.getName().equals("abort")) {
                onAbort.run();
            }
            Object result = call(connection, method, arguments);
            if (method.getName().equals("createStatement")) {
                onCreateStatement.run();
                return statement((Statement) result);
            }
            return result;
        });
    }

    private Statement statement(Statement real) {
        return proxy(Statement.class, (self, method, arguments) -> {
            boolean backup = method.getName().equals("execute") && ((String) arguments[0]).contains("BACKUP ");
            if (method.getName().equals("cancel") && cancelFailure != null) {
                throw cancelFailure;
            }
            if (backup) {
                onExecute.run();
            }
            Object result;
            try {
                result = call(real, method, arguments);
            } finally {
                if (backup) {
                    onEnd.run();
                }
            }
            if (backup) {
                onAnswer.run();
                if (loseAnswers) {
                    real.clearWarnings();
                    throw new SQLNonTransientConnectionException("the connection is broken", "08S01");
                }
            }
            return result;
        });
    }

    private static Object call(Object real, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException failure) {
            throw failure.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[]{type}, handler));
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return getConnection();
    }

    @Override
    public java.io.PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(java.io.PrintWriter out) {
        // nothing is logged
    }

    @Override
    public void setLoginTimeout(int seconds) {
        // the URL has it
    }

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public java.util.logging.Logger getParentLogger() {
        return java.util.logging.Logger.getLogger("");
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
