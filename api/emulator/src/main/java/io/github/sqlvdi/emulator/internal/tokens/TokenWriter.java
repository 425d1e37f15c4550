package io.github.sqlvdi.emulator.internal.tokens;

import io.github.sqlvdi.emulator.internal.types.DataType;
import io.github.sqlvdi.emulator.internal.types.TypeWriter;
import io.github.sqlvdi.emulator.internal.types.Value;
import io.github.sqlvdi.emulator.internal.wire.Login;
import io.github.sqlvdi.emulator.internal.wire.MessageWriter;
import java.io.IOException;
import java.util.List;

/** Writes the tokens of responses in the shapes that the client's version of TDS knows. Used by one thread at a time. */
public final class TokenWriter {

    /** Longest text of a message: more does not fit into the 16-bit length of its token together with the names. */
    private static final int MAX_TEXT = 4000;
    private static final int NULLABLE = 0x01;

    private final MessageWriter out;
    private final TypeWriter types;
    private final String server;
    private final boolean wide;

    /**
     * Makes a writer.
     *
     * @param out the client
     * @param version the TDS version as LOGIN7 sends it
     * @param server the server's name in messages
     */
    public TokenWriter(MessageWriter out, int version, String server) {
        this.out = out;
        this.server = server;
        boolean newest = version == Login.TDS_8_0;
        wide = newest || Integer.compareUnsigned(version, Login.TDS_7_2) >= 0;
        boolean times = newest || Integer.compareUnsigned(version, Login.TDS_7_3) >= 0;
        types = new TypeWriter(out, wide, times, hasCollation(version));
    }

    /**
     * Tells whether text types carry a collation.
     *
     * @param version the TDS version as LOGIN7 sends it
     * @return true since TDS 7.1
     */
    public static boolean hasCollation(int version) {
        return version == Login.TDS_8_0 || Integer.compareUnsigned(version, 0x71000000) >= 0;
    }

    /**
     * Tells whether requests begin with ALL_HEADERS.
     *
     * @param version the TDS version as LOGIN7 sends it
     * @return true since TDS 7.2
     */
    public static boolean hasHeaders(int version) {
        return version == Login.TDS_8_0 || Integer.compareUnsigned(version, Login.TDS_7_2) >= 0;
    }

    /**
     * ENVCHANGE with texts: 1 database, 2 language, 4 packet size.
     *
     * @param type what changed
     * @param now the new value
     * @param before the old value
     * @throws IOException if the connection fails
     */
    public void environment(int type, String now, String before) throws IOException {
        out.u8(0xE3);
        out.u16(1 + 1 + now.length() * 2 + 1 + before.length() * 2);
        out.u8(type);
        out.shortText(now);
        out.shortText(before);
    }

    /**
     * ENVCHANGE with bytes: 7 collation, 8 to 10 transactions, 18 reset.
     *
     * @param type what changed
     * @param now the new value
     * @param before the old value
     * @throws IOException if the connection fails
     */
    public void environment(int type, byte[] now, byte[] before) throws IOException {
        out.u8(0xE3);
        out.u16(3 + now.length + before.length);
        out.u8(type);
        out.u8(now.length);
        out.bytes(now);
        out.u8(before.length);
        out.bytes(before);
    }

    /**
     * LOGINACK.
     *
     * @param version the TDS version that is spoken
     * @param serverVersion major, minor, build of the server
     * @throws IOException if the connection fails
     */
    public void loginAck(int version, int[] serverVersion) throws IOException {
        String program = "Microsoft SQL Server\0\0";
        out.u8(0xAD);
        out.u16(1 + 4 + 1 + program.length() * 2 + 4);
        out.u8(1);
        out.i32BigEndian(version);
        out.shortText(program);
        out.u8(serverVersion[0]);
        out.u8(serverVersion[1]);
        out.u8(serverVersion[2] >>> 8);
        out.u8(serverVersion[2]);
    }

    /**
     * FEATUREEXTACK.
     *
     * @param utf8 whether UTF-8 support was asked for, which is acknowledged
     * @throws IOException if the connection fails
     */
    public void features(boolean utf8) throws IOException {
        out.u8(0xAE);
        if (utf8) {
            out.u8(0x0A);
            out.i32(1);
            out.u8(1);
        }
        out.u8(0xFF);
    }

    /**
     * ERROR or INFO, by the severity.
     *
     * @param message the message
     * @param procedure the procedure it comes from, empty for none
     * @param line the line in the batch, from 1; 0 for none
     * @throws IOException if the connection fails
     */
    public void message(ServerMessage message, String procedure, int line) throws IOException {
        String text = message.text().length() > MAX_TEXT ? message.text().substring(0, MAX_TEXT) : message.text();
        out.u8(message.isError() ? 0xAA : 0xAB);
        out.u16(4 + 1 + 1 + 2 + text.length() * 2 + 1 + server.length() * 2 + 1 + procedure.length() * 2
                + (wide ? 4 : 2));
        out.i32(message.number());
        out.u8(message.state());
        out.u8(message.severity() == 10 ? 0 : message.severity());
        out.u16(text.length());
        out.text(text);
        out.shortText(server);
        out.shortText(procedure);
        if (wide) {
            out.i32(line);
        } else {
            out.u16(line);
        }
    }

    /**
     * COLMETADATA.
     *
     * @param columns the columns
     * @throws IOException if the connection fails
     */
    public void columns(List<Column> columns) throws IOException {
        out.u8(0x81);
        out.u16(columns.size());
        for (Column column : columns) {
            userType();
            out.u16(NULLABLE);
            types.type(column.type());
            out.shortText(column.name());
        }
    }

    private void userType() throws IOException {
        if (wide) {
            out.i32(0);
        } else {
            out.u16(0);
        }
    }

    /**
     * ROW.
     *
     * @param columns the columns of the result set
     * @param values one value for each, in the Java class of its type, null for NULL
     * @throws IOException if the connection fails
     */
    public void row(List<Column> columns, List<Object> values) throws IOException {
        out.u8(0xD1);
        for (int index = 0; index < columns.size(); index++) {
            types.value(columns.get(index).type(), values.get(index));
        }
    }

    /**
     * RETURNSTATUS.
     *
     * @param status 0 for success
     * @throws IOException if the connection fails
     */
    public void returnStatus(int status) throws IOException {
        out.u8(0x79);
        out.i32(status);
    }

    /**
     * RETURNVALUE.
     *
     * @param ordinal the position of the parameter in the call
     * @param name its name, empty for none
     * @param value its value
     * @throws IOException if the connection fails
     */
    public void returnValue(int ordinal, String name, Value value) throws IOException {
        out.u8(0xAC);
        out.u16(ordinal);
        out.shortText(name);
        out.u8(1);
        userType();
        out.u16(0);
        DataType type = value.type();
        types.type(type);
        types.value(type, value.value());
    }

    /**
     * DONE, DONEPROC or DONEINPROC.
     *
     * @param token 0xFD, 0xFE or 0xFF
     * @param status bits of {@link Done}
     * @param command curCmd
     * @param rows the row count
     * @throws IOException if the connection fails
     */
    public void done(int token, int status, int command, long rows) throws IOException {
        out.u8(token);
        out.u16(status);
        out.u16(command);
        if (wide) {
            out.i64(rows);
        } else {
            out.i32((int) rows);
        }
    }

    /**
     * Sends what was written so far.
     *
     * @throws IOException if the connection fails
     */
    public void flush() throws IOException {
        out.flush();
    }

    /**
     * Ends the message.
     *
     * @throws IOException if the connection fails
     */
    public void end() throws IOException {
        out.end();
    }
}
