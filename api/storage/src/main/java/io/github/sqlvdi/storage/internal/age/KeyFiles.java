package io.github.sqlvdi.storage.internal.age;

import com.exceptionfactory.jagged.RecipientStanzaWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Files of keys, one a line, as {@code age -R} and {@code age -i} read them: empty lines and lines from # on say nothing. */
public final class KeyFiles {

    private static final System.Logger LOG = System.getLogger("io.github.sqlvdi.storage");

    private static final int MAX_BYTES = 1 << 20;
    private static final Set<PosixFilePermission> OTHERS = Set.of(PosixFilePermission.GROUP_READ,
            PosixFilePermission.OTHERS_READ, PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private KeyFiles() {
    }

    /**
     * {@return what a text names: one recipient, or those of a file}
     *
     * @param recipientOrFile {@code age1...}, or the name of a file
     * @throws IOException if the file cannot be read or has no recipient
     */
    public static List<RecipientStanzaWriter> recipients(String recipientOrFile) throws IOException {
        return Keys.isRecipient(recipientOrFile) ? List.of(recipient(recipientOrFile))
                : recipients(Path.of(recipientOrFile));
    }

    /**
     * {@return what encrypts a stream's key for a recipient}
     *
     * @throws IllegalArgumentException if the text is no recipient
     */
    public static RecipientStanzaWriter recipient(String text) {
        return Keys.recipient(text);
    }

    /**
     * {@return the recipients of a file}
     *
     * @throws IOException if the file cannot be read, or a line is no recipient, or there is none
     */
    public static List<RecipientStanzaWriter> recipients(Path file) throws IOException {
        return read(file, "recipient", line -> Keys.recipient(line.toString()));
    }

    /**
     * {@return the identities of a file} Warns about a file that others can read.
     *
     * @throws IOException if the file cannot be read, or a line is no identity, or there is none
     */
    public static List<Identity> identities(Path file) throws IOException {
        exposure(file).ifPresent(words -> LOG.log(System.Logger.Level.WARNING, words));
        return read(file, "identity", Keys::identity);
    }

    private static <T> List<T> read(Path file, String what, Function<CharBuffer, T> parse) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MAX_BYTES + 1);
        }
        CharBuffer text = StandardCharsets.ISO_8859_1.decode(ByteBuffer.wrap(bytes));
        try {
            if (bytes.length > MAX_BYTES) {
                throw new IOException(file + " has more than " + MAX_BYTES + " bytes: it is no file of keys");
            }
            if (startsWith(text, AgeHeader.VERSION) || startsWith(text, Armor.BEGIN)) {
                throw new IOException(file + " is encrypted: decrypt it with age -d, for example into a named pipe");
            }
            return parse(file, what, parse, text);
        } finally {
            Arrays.fill(bytes, (byte) 0);
            Arrays.fill(text.array(), '\0');
        }
    }

    private static <T> List<T> parse(Path file, String what, Function<CharBuffer, T> parse, CharBuffer text)
            throws IOException {
        List<T> keys = new ArrayList<>();
        int number = 0;
        for (int begin = 0; begin < text.length();) {
            number++;
            int end = begin;
            while (end < text.length() && text.charAt(end) != '\n') {
                end++;
            }
            CharBuffer line = stripped(text.subSequence(begin, end));
            begin = end + 1;
            if (line.isEmpty() || line.charAt(0) == '#') {
                continue;
            }
            try {
                keys.add(parse.apply(line));
            } catch (IllegalArgumentException e) {
                throw new IOException(String.format(Locale.ROOT, "Line %d of %s: %s", number, file, e.getMessage()), e);
            }
        }
        if (keys.isEmpty()) {
            throw new IOException(file + " has no " + what + " of age");
        }
        return keys;
    }

    private static CharBuffer stripped(CharBuffer line) {
        int begin = 0;
        int end = line.length();
        while (begin < end && line.charAt(begin) <= ' ') {
            begin++;
        }
        while (end > begin && line.charAt(end - 1) <= ' ') {
            end--;
        }
        return line.subSequence(begin, end);
    }

    private static boolean startsWith(CharBuffer text, String prefix) {
        return text.length() >= prefix.length() && prefix.contentEquals(text.subSequence(0, prefix.length()));
    }

    /** {@return who else can use the private keys in a file, in words; empty if nobody can, or that cannot be told} */
    public static Optional<String> exposure(Path file) throws IOException {
        if (!Files.isRegularFile(file) || !file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return Optional.empty();
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
        return permissions.stream().anyMatch(OTHERS::contains)
                ? Optional.of("others can read or change the private keys in " + file + " ("
                        + PosixFilePermissions.toString(permissions) + "): chmod 600 it")
                : Optional.empty();
    }
}
