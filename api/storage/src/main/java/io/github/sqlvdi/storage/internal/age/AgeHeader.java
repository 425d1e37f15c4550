package io.github.sqlvdi.storage.internal.age;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The bytes of a header, found by its lines. They are checked more strictly than jagged does, which accepts more than one form
 * of the same header.
 *
 * @param bytes the header and the nonce of the payload's key
 * @param types the types of the recipients, such as {@code X25519}
 */
record AgeHeader(byte[] bytes, List<String> types) {

    /** The greatest length of a header in bytes: room for 10,000 recipients. */
    static final int MAX_BYTES = 1 << 20;

    static final String VERSION = "age-encryption.org/v1";

    private static final String ANY_VERSION = "age-encryption.org/";
    private static final int NONCE_BYTES = 16;
    private static final int BODY_COLUMNS = 64;
    private static final Pattern RECIPIENT = Pattern.compile("-> ([!-~]+)(?: [!-~]+)*");
    private static final Pattern BODY = Pattern.compile("[A-Za-z0-9+/]{0,64}");
    private static final Pattern END = Pattern.compile("--- [A-Za-z0-9+/]{43}");

    /**
     * Reads a header.
     *
     * @throws IOException if it is damaged, cut or too long, or of another version
     */
    static AgeHeader read(Input input) throws IOException {
        Lines lines = new Lines(input);
        String version = lines.next();
        if (!version.equals(VERSION)) {
            if (version.startsWith(ANY_VERSION)) {
                throw new IOException("The stream has version \"" + version + "\" of the age format: only " + VERSION
                        + " can be read");
            }
            throw lines.damaged("not " + VERSION);
        }
        List<String> types = new ArrayList<>();
        String line = lines.next();
        while (!END.matcher(line).matches()) {
            var recipient = RECIPIENT.matcher(line);
            if (!recipient.matches()) {
                throw lines.damaged("neither a recipient nor the header's end");
            }
            types.add(recipient.group(1));
            String body;
            do {
                body = lines.next();
                if (!BODY.matcher(body).matches()) {
                    throw lines.damaged("no body of a recipient");
                }
            } while (body.length() == BODY_COLUMNS);
            line = lines.next();
        }
        if (types.isEmpty()) {
            throw lines.damaged("no recipient before the header's end");
        }
        ByteBuffer nonce = ByteBuffer.allocate(NONCE_BYTES);
        input.fill(nonce);
        if (nonce.hasRemaining()) {
            throw new IOException("The stream ends within its age header");
        }
        lines.bytes.write(nonce.array());
        return new AgeHeader(lines.bytes.toByteArray(), List.copyOf(types));
    }

    /** The lines of a header, counted. */
    private static final class Lines {

        private final Input input;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private int number;

        Lines(Input input) {
            this.input = input;
        }

        String next() throws IOException {
            number++;
            // Each byte is a character: what is no ASCII fits no pattern.
            StringBuilder line = new StringBuilder();
            int value = input.next();
            while (value != '\n') {
                if (value < 0) {
                    throw new IOException("The stream ends within its age header");
                }
                if (bytes.size() == MAX_BYTES) {
                    throw new IOException("The age header has more than " + MAX_BYTES + " bytes");
                }
                bytes.write(value);
                line.append((char) value);
                value = input.next();
            }
            bytes.write('\n');
            return line.toString();
        }

        IOException damaged(String what) {
            return new IOException(
                    String.format(Locale.ROOT, "The age header is damaged in line %d: %s", number, what));
        }
    }
}
