package io.github.sqlvdi.storage.internal.age;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/** Reads the text form of an encrypted stream, as {@code age -a} writes it: base64 in lines between two marks. */
final class Armor implements ReadableByteChannel {

    static final String BEGIN = "-----BEGIN AGE ENCRYPTED FILE-----";
    private static final String END = "-----END AGE ENCRYPTED FILE-----";
    private static final int COLUMNS = 64;

    private final Input input;
    private ByteBuffer bytes = ByteBuffer.allocate(0);
    private int lines;
    private boolean shortLine;
    private boolean ended;

    /**
     * Reads the mark at the beginning.
     *
     * @throws IOException if it is not there
     */
    Armor(Input input) throws IOException {
        this.input = input;
        if (!line().equals(BEGIN)) {
            throw damaged("expected " + BEGIN);
        }
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        while (!bytes.hasRemaining() && !ended) {
            decode(line());
        }
        if (ended) {
            return -1;
        }
        int count = Math.min(bytes.remaining(), target.remaining());
        target.put(bytes.slice(bytes.position(), count));
        bytes.position(bytes.position() + count);
        return count;
    }

    private void decode(String line) throws IOException {
        if (line.equals(END)) {
            for (int value = input.next(); value >= 0; value = input.next()) {
                if (value > ' ') {
                    throw damaged("bytes follow the end");
                }
            }
            ended = true;
            return;
        }
        if (shortLine || line.isEmpty()) {
            throw damaged("expected " + END);
        }
        byte[] text = line.getBytes(StandardCharsets.ISO_8859_1);
        byte[] decoded;
        try {
            decoded = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw damaged("no base64");
        }
        // The decoder also accepts other forms of the same bytes.
        if (!Base64.getEncoder().encodeToString(decoded).equals(line)) {
            throw damaged("no canonical base64");
        }
        shortLine = line.length() < COLUMNS || line.endsWith("=");
        bytes = ByteBuffer.wrap(decoded);
    }

    private String line() throws IOException {
        lines++;
        StringBuilder line = new StringBuilder();
        for (int value = input.next(); value != '\n'; value = input.next()) {
            if (value < 0) {
                if (line.isEmpty()) {
                    throw new IOException("The armored age file is cut: " + END + " is missing");
                }
                break;
            }
            if (line.length() > COLUMNS) {
                throw damaged("longer than " + COLUMNS + " columns");
            }
            line.append((char) value);
        }
        if (!line.isEmpty() && line.charAt(line.length() - 1) == '\r') {
            line.setLength(line.length() - 1);
        }
        if (line.length() > COLUMNS) {
            throw damaged("longer than " + COLUMNS + " columns");
        }
        return line.toString();
    }

    private IOException damaged(String problem) {
        return new IOException(
                String.format(Locale.ROOT, "The armored age file is damaged in line %d: %s", lines, problem));
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void close() {
        // The channel of the encrypted stream is closed by itself.
    }
}
