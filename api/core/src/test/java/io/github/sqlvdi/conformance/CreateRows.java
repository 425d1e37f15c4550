package io.github.sqlvdi.conformance;

import static io.github.sqlvdi.conformance.Code.NOERROR;
import static io.github.sqlvdi.conformance.Code.VD_E_INSTANCE_NAME;
import static io.github.sqlvdi.conformance.Code.VD_E_INVALID;
import static io.github.sqlvdi.conformance.Code.VD_E_NOTSUPPORTED;
import static io.github.sqlvdi.conformance.Code.VD_E_PROTOCOL;

import io.github.sqlvdi.conformance.State.Client;
import java.util.ArrayList;
import java.util.List;

/** CreateEx and Create: names, instances, the fields of the configuration (VDI reference 3.5.1, 3.5.2, 6.2). */
final class CreateRows {

    private static final RawConfig PIPE = RawConfig.request(1, FeatureBits.LIKE_PIPE);

    private CreateRows() {
    }

    static List<Case> cases() {
        List<Case> rows = new ArrayList<>();
        names(rows);
        instances(rows);
        fields(rows);
        taken(rows);
        return rows;
    }

    private static void names(List<Case> rows) {
        name(rows, "name NULL", null, VD_E_INVALID);
        name(rows, "name empty", "", VD_E_INVALID);
        name(rows, "name with a backslash", "back\\slash", VD_E_INVALID);
        name(rows, "name of 261 characters", filled(261), VD_E_INVALID);
        name(rows, "name of 260 characters", filled(260), NOERROR);
        name(rows, "name with / and ..", "../../etc/" + Stage.freshName(), NOERROR);
        name(rows, "name with blanks, quotes, Chinese and a smiley",
                "a b'\"\u5907\u4EFD\uD83D\uDE00" + Stage.freshName(), NOERROR);
        name(rows, "name of one half of a surrogate pair", "\uD83D" + Stage.freshName(), NOERROR);
        both(rows, "configuration NULL", VD_E_INVALID, Stage.freshName(), null);
    }

    private static String filled(int length) {
        String start = Stage.freshName();
        return start + "x".repeat(length - start.length());
    }

    private static void name(List<Case> rows, String argument, String name, int expected) {
        both(rows, argument, expected, name, PIPE);
    }

    /** The same argument to CreateEx and to Create. */
    static void both(List<Case> rows, String argument, int expected, String name, RawConfig config) {
        rows.add(Row.of(Method.CREATE_EX, Client.DNE, argument, expected, s -> s.client.createEx(null, name, config)));
        rows.add(Row.of(Method.CREATE, Client.DNE, argument, expected, s -> s.client.create(name, config)));
    }

    private static void instances(List<Case> rows) {
        for (String instance : List.of("", "MSSQLSERVER", "SQL2019", "_x$#1", "#SIXTEEN45678901", "a")) {
            instance(rows, instance, NOERROR);
        }
        for (String instance : List.of("1abc", "a b", "$abc", "SEVENTEEN45678901", "HOST\\SQL2019", "a/b", "a.b",
                " ")) {
            instance(rows, instance, VD_E_INSTANCE_NAME);
        }
    }

    private static void instance(List<Case> rows, String instance, int expected) {
        rows.add(Row.of(Method.CREATE_EX, Client.DNE, "instance \"" + instance + "\"", expected,
                s -> s.client.createEx(instance, s.name, PIPE)));
    }

    private static void fields(List<Case> rows) {
        for (int count : new int[]{1, 2, 64}) {
            field(rows, "deviceCount " + count, NOERROR, RawConfig.request(count, 0));
        }
        for (int count : new int[]{0, 65, Integer.MAX_VALUE, -1}) {
            field(rows, "deviceCount " + Integer.toUnsignedString(count), VD_E_NOTSUPPORTED,
                    RawConfig.request(count, 0));
        }
        for (int alignment = 1; alignment <= 65536; alignment *= 2) {
            field(rows, "alignment " + alignment, NOERROR, PIPE.withAlignment(alignment));
        }
        for (int alignment : new int[]{3, 513, 65535, 131072, Integer.MIN_VALUE, -1}) {
            field(rows, "alignment " + Integer.toUnsignedString(alignment), VD_E_NOTSUPPORTED,
                    PIPE.withAlignment(alignment));
        }
        field(rows, "softFileMarkBlockSize without VDF_FileMarks", VD_E_NOTSUPPORTED, PIPE.withSoftFileMark(512));
        field(rows, "softFileMarkBlockSize with VDF_FileMarks", NOERROR,
                PIPE.withFeatures(FeatureBits.LIKE_TAPE).withSoftFileMark(512));
        for (int size : new int[]{1, 512, 65536}) {
            field(rows, "prefixZoneSize " + size, NOERROR, PIPE.withPrefixZone(size));
        }
        field(rows, "EOMWarningSize 4294967295", NOERROR, PIPE.withEomWarning(-1));
        field(rows, "serverTimeOut 4294967295", NOERROR, PIPE.withServerTimeOut(-1));
        field(rows, "fields of the server set by the client", NOERROR, PIPE.withServerFields(3, 5, 7, 9));
    }

    private static void field(List<Case> rows, String argument, int expected, RawConfig config) {
        rows.add(Row.of(Method.CREATE_EX, Client.DNE, argument, expected,
                s -> s.client.createEx(null, s.name, config)).section("6.2"));
        if (expected == VD_E_NOTSUPPORTED) {
            rows.add(Row.of(Method.CREATE, Client.DNE, argument, expected,
                    s -> s.client.create(s.name, config)).section("6.2"));
        }
    }

    private static void taken(List<Case> rows) {
        rows.add(Row.of(Method.CREATE_EX, Client.DNE, "name of a live set", VD_E_PROTOCOL,
                s -> s.client.createEx(null, s.another(s.setup).created().name, PIPE)));
        rows.add(Row.of(Method.CREATE, Client.DNE, "name of a live set", VD_E_PROTOCOL,
                s -> s.client.create(s.another(s.setup).created().name, PIPE)));
        rows.add(Row.of(Method.CREATE_EX, Client.DNE, "name of a live set, MSSQLSERVER for NULL", VD_E_PROTOCOL,
                s -> s.client.createEx("MSSQLSERVER", s.another(s.setup).created().name, PIPE)));
        rows.add(Row.of(Method.CREATE_EX, Client.DNE, "name of a live set of another instance", VD_E_PROTOCOL,
                s -> s.client.createEx("OTHER", s.another(s.setup).created().name, PIPE)).orAlso(NOERROR));
        rows.add(Row.of(Method.CREATE_EX, Client.DNE, "name of a live set in capitals", NOERROR,
                s -> s.client.createEx(null, s.another(s.setup).created().name.toUpperCase(java.util.Locale.ROOT),
                        PIPE)));
        rows.add(Row.of(Method.CREATE_EX, Client.DNE, "name of an aborted set that is not closed", VD_E_PROTOCOL, s -> {
            Stage other = s.another(s.setup).created();
            Stage.ok("SignalAbort", other.client.signalAbort());
            return s.client.createEx(null, other.name, PIPE);
        }));
        rows.add(Row.of(Method.CREATE_EX, Client.DNE, "name of a closed set", NOERROR, s -> {
            Stage other = s.another(s.setup).created();
            Stage.ok("Close", other.client.close());
            return s.client.createEx(null, other.name, PIPE);
        }));
        rows.add(Row.of(Method.CREATE_EX, Client.DNE, "after a refused CreateEx", NOERROR, s -> {
            Stage.code("CreateEx", VD_E_NOTSUPPORTED, s.client.createEx(null, s.name, PIPE.withAlignment(3)));
            return s.client.createEx(null, s.name, PIPE);
        }));
    }
}
