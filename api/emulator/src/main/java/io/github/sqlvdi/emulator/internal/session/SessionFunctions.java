package io.github.sqlvdi.emulator.internal.session;

import io.github.sqlvdi.emulator.internal.catalog.Catalog;
import io.github.sqlvdi.emulator.internal.catalog.Database;
import io.github.sqlvdi.emulator.internal.catalog.ServerIdentity;
import io.github.sqlvdi.emulator.internal.tokens.ServerMessage;
import io.github.sqlvdi.emulator.internal.types.DataType;
import io.github.sqlvdi.emulator.internal.types.Value;
import io.github.sqlvdi.emulator.internal.views.Properties;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The functions that ask the server or the session. */
final class SessionFunctions {

    private final SessionState state;

    SessionFunctions(SessionState state) {
        this.state = state;
    }

    /** Evaluates a function; empty for an unknown one. */
    Optional<Value> call(String name, List<Value> arguments) {
        Catalog catalog = state.catalog();
        ServerIdentity identity = catalog.identity();
        return Optional.ofNullable(switch (name) {
            case "@@VERSION" -> new Value(DataType.nvarchar(300), identity.banner());
            case "@@SERVERNAME" -> SessionState.text(identity.name());
            case "@@SERVICENAME" -> SessionState.text(identity.instance());
            case "@@SPID" -> new Value(DataType.SMALLINT, state.session().spid());
            case "@@TRANCOUNT" -> Value.of(state.transactions());
            case "@@ERROR" -> Value.of(state.lastError);
            case "@@ROWCOUNT" -> Value.of(state.rowCount);
            case "@@MAX_PRECISION" -> new Value(DataType.TINYINT, 38);
            case "@@MICROSOFTVERSION" -> Value.of(identity.major() << 24 | identity.build());
            case "@@LANGUAGE" -> SessionState.text("us_english");
            case "@@FETCH_STATUS" -> Value.of(state.cursors.fetchStatus());
            case "@@LANGID", "@@NESTLEVEL", "@@PROCID" -> Value.of(0);
            case "@@DATEFIRST" -> new Value(DataType.TINYINT, 7);
            case "@@OPTIONS" -> Value.of(5496);
            case "@@LOCK_TIMEOUT" -> Value.of(-1);
            case "@@TEXTSIZE" -> Value.of(2147483647);
            case "DB_NAME" -> SessionState.text(arguments.isEmpty() ? state.session().database
                    : databaseName(arguments.getFirst()));
            case "DB_ID" -> new Value(DataType.SMALLINT, databaseId(arguments));
            case "SUSER_SNAME", "SUSER_NAME", "SYSTEM_USER", "ORIGINAL_LOGIN" ->
                    SessionState.text(state.session().login());
            case "USER_NAME", "USER", "CURRENT_USER", "SESSION_USER", "SCHEMA_NAME" -> SessionState.text("dbo");
            case "HOST_NAME" -> SessionState.text(state.session().host());
            case "APP_NAME", "PROGRAM_NAME" -> SessionState.text(state.session().program());
            case "IS_SRVROLEMEMBER", "IS_MEMBER", "IS_ROLEMEMBER", "HAS_PERMS_BY_NAME" -> Value.of(1);
            case "HAS_DBACCESS" -> access(arguments);
            case "SERVERPROPERTY" -> Properties.server(identity, text(arguments, 0));
            case "DATABASEPROPERTYEX" -> Properties.database(catalog, text(arguments, 0), text(arguments, 1));
            case "OBJECT_ID", "TYPE_ID", "COL_LENGTH" -> new Value(DataType.INT, null);
            case "XACT_STATE" -> new Value(DataType.SMALLINT, state.transactions() > 0 ? 1 : 0);
            case "CONNECTIONPROPERTY" -> new Value(DataType.VARIANT, connection(text(arguments, 0)));
            default -> error(name);
        });
    }

    private static Object connection(String property) {
        return property == null ? null : switch (property.toLowerCase(Locale.ROOT)) {
            case "net_transport", "physical_net_transport" -> "TCP";
            case "protocol_type" -> "TSQL";
            case "auth_scheme" -> "SQL";
            default -> null;
        };
    }

    private static String text(List<Value> arguments, int index) {
        return index < arguments.size() ? arguments.get(index).text() : null;
    }

    private String databaseName(Value id) {
        if (id.isNull()) {
            return null;
        }
        Object number = id.as(DataType.INT).value();
        return state.catalog().locked(all -> all.databases().stream().filter(each -> number.equals(each.id()))
                .map(Database::name).findFirst().orElse(null));
    }

    private Object databaseId(List<Value> arguments) {
        String name = arguments.isEmpty() ? state.session().database : text(arguments, 0);
        return name == null ? null : state.catalog().find(name).map(Database::id).orElse(null);
    }

    private Value access(List<Value> arguments) {
        String name = text(arguments, 0);
        Object answer = name == null ? null : state.catalog().locked(all -> all.find(name)
                .map(database -> database.state == Database.State.ONLINE ? 1 : 0).orElse(null));
        return new Value(DataType.INT, answer);
    }

    /** ERROR_NUMBER and its like: of the error that CATCH caught, NULL outside. */
    private Value error(String name) {
        ServerMessage caught = state.caught;
        return switch (name) {
            case "ERROR_NUMBER" -> new Value(DataType.INT, caught == null ? null : caught.number());
            case "ERROR_SEVERITY" -> new Value(DataType.INT, caught == null ? null : caught.severity());
            case "ERROR_STATE" -> new Value(DataType.INT, caught == null ? null : caught.state());
            case "ERROR_LINE" -> new Value(DataType.INT, caught == null ? null : state.caughtLine);
            case "ERROR_MESSAGE" -> new Value(DataType.nvarchar(4000), caught == null ? null : caught.text());
            case "ERROR_PROCEDURE" -> SessionState.text(null);
            default -> null;
        };
    }
}
