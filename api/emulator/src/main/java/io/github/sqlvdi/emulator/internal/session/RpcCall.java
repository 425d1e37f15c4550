package io.github.sqlvdi.emulator.internal.session;

import io.github.sqlvdi.emulator.internal.types.DataType;
import io.github.sqlvdi.emulator.internal.types.TypeReader;
import io.github.sqlvdi.emulator.internal.types.Value;
import io.github.sqlvdi.emulator.internal.wire.Payload;
import io.github.sqlvdi.emulator.internal.wire.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One call of an RPC request (MS-TDS 2.2.6.6).
 *
 * @param name the procedure in lower case, without qualifiers
 * @param fullName the name as sent
 * @param parameters the parameters in their order
 */
record RpcCall(String name, String fullName, List<Parameter> parameters) {

    private static final List<String> NUMBERED = List.of("", "sp_cursor", "sp_cursoropen", "sp_cursorprepare",
            "sp_cursorexecute", "sp_cursorprepexec", "sp_cursorunprepare", "sp_cursorfetch", "sp_cursoroption",
            "sp_cursorclose", "sp_executesql", "sp_prepare", "sp_execute", "sp_prepexec", "sp_prepexecrpc",
            "sp_unprepare");
    private static final int BY_NUMBER = 0xFFFF;
    private static final int MAX_PARAMETERS = 2_200;

    /**
     * A parameter.
     *
     * @param name the name, empty by position
     * @param output whether the client wants it back
     * @param value the value
     */
    record Parameter(String name, boolean output, Value value) {
    }

    /** Reads all calls of a request. */
    static List<RpcCall> read(Payload in, boolean hasHeaders, boolean hasCollation) throws ProtocolException {
        List<RpcCall> calls = new ArrayList<>();
        int separator = hasHeaders ? 0xFF : 0x80;
        do {
            calls.add(readOne(in, separator, hasCollation));
        } while (in.remaining() > 0);
        return calls;
    }

    private static RpcCall readOne(Payload in, int separator, boolean hasCollation) throws ProtocolException {
        int length = in.u16();
        String full;
        if (length == BY_NUMBER) {
            int number = in.u16();
            if (number < 1 || number >= NUMBERED.size()) {
                throw new ProtocolException(String.format(Locale.ROOT, "Procedure number %d is unknown", number));
            }
            full = NUMBERED.get(number);
        } else {
            full = in.text(length);
        }
        in.u16(); // option flags: recompile, no metadata
        List<Parameter> parameters = new ArrayList<>();
        while (in.remaining() > 0) {
            int nameLength = in.u8();
            if (nameLength == separator || nameLength == 0xFE && separator == 0xFF) {
                break;
            }
            if (parameters.size() >= MAX_PARAMETERS) {
                throw new ProtocolException(
                        String.format(Locale.ROOT, "A call has more than %d parameters", MAX_PARAMETERS));
            }
            String name = in.text(nameLength);
            int status = in.u8();
            parameters.add(new Parameter(name, (status & 1) != 0, new TypeReader(in, hasCollation).next()));
        }
        String last = full.substring(full.lastIndexOf('.') + 1);
        return new RpcCall(last.replaceAll("[\\[\\]\"]", "").toLowerCase(Locale.ROOT), full, parameters);
    }

    String text(int index) {
        return index < parameters.size() ? parameters.get(index).value().text() : null;
    }

    int integer(int index, int fallback) {
        Object value = index < parameters.size() ? parameters.get(index).value().as(DataType.INT).value() : null;
        return value == null ? fallback : (Integer) value;
    }

    List<Parameter> from(int index) {
        return index < parameters.size() ? parameters.subList(index, parameters.size()) : List.of();
    }
}
