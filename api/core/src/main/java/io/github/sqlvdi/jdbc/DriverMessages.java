package io.github.sqlvdi.jdbc;

import io.github.sqlvdi.statement.SqlMessage;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Turns the exceptions and warnings of a driver into messages of the server. JDBC has no severity and no state.
 * Microsoft's driver has them in its own classes, which are asked by reflection. For other drivers the severity is 10 for
 * a warning and 16 for an exception: the server sends messages up to severity 10 as information.
 */
final class DriverMessages {

    private static final int ERROR = 16;
    /** SQL states of this class are connection exceptions. */
    private static final String CONNECTION = "08";

    private static final ClassValue<Optional<Method>> SERVER_ERROR = new ClassValue<>() {
        @Override
        protected Optional<Method> computeValue(Class<?> type) {
            return method(type, "getSQLServerError");
        }
    };

    private DriverMessages() {
    }

    static SqlMessage of(SQLException thrown) {
        Optional<Object> error = SERVER_ERROR.get(thrown.getClass()).flatMap(method -> call(thrown, method));
        if (error.isPresent()) {
            OptionalInt severity = number(error.get(), "getErrorSeverity");
            OptionalInt state = number(error.get(), "getErrorState");
            Optional<Object> text = method(error.get().getClass(), "getErrorMessage")
                    .flatMap(method -> call(error.get(), method));
            return new SqlMessage(thrown.getErrorCode(), severity.orElse(defaultSeverity(thrown)), state,
                    text.map(Object::toString).orElse(text(thrown)));
        }
        return new SqlMessage(thrown.getErrorCode(), defaultSeverity(thrown), text(thrown));
    }

    /** Returns whether this says that the connection is lost. */
    static boolean isLost(SQLException thrown) {
        String state = thrown.getSQLState();
        return state != null && state.startsWith(CONNECTION);
    }

    private static int defaultSeverity(SQLException thrown) {
        return thrown instanceof SQLWarning ? SqlMessage.INFORMATION : ERROR;
    }

    private static String text(SQLException thrown) {
        return thrown.getMessage() == null ? thrown.toString() : thrown.getMessage();
    }

    private static OptionalInt number(Object error, String name) {
        return method(error.getClass(), name).flatMap(method -> call(error, method))
                .filter(Number.class::isInstance).map(value -> OptionalInt.of(((Number) value).intValue()))
                .orElse(OptionalInt.empty());
    }

    private static Optional<Method> method(Class<?> type, String name) {
        try {
            return Optional.of(type.getMethod(name));
        } catch (NoSuchMethodException otherDriver) {
            return Optional.empty();
        }
    }

    private static Optional<Object> call(Object object, Method method) {
        try {
            return Optional.ofNullable(method.invoke(object));
        } catch (IllegalAccessException | InvocationTargetException unusable) {
            return Optional.empty(); // a driver in a module that does not export its classes
        }
    }
}
