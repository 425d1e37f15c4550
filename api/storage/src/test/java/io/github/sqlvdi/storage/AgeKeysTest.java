package io.github.sqlvdi.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import io.github.sqlvdi.storage.AgeStreams.Key;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recipients and identities in arguments and files. */
class AgeKeysTest {

    @TempDir
    private Path folder;
    private Key key;
    private Key other;
    private String secret;

    @BeforeEach
    void makeKeys() throws Exception {
        key = Key.create(folder, "key.txt");
        other = Key.create(folder, "other.txt");
        secret = Files.readAllLines(key.file()).getLast();
    }

    private static String everything(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    @Test
    void recipientsFileMayHaveCommentsEmptyLinesAndCarriageReturns() throws Exception {
        Path file = folder.resolve("team.txt");
        Files.writeString(file,
                "# Ann, für immer\r\n" + key.recipient() + "\r\n\r\n  # Bob\n  " + other.recipient() + "  ");
        byte[] encoded = AgeStreams.encode(Age.withoutKeys().withRecipients(file), new byte[10]);
        assertArrayEquals(new byte[10], AgeStreams.decode(key.decrypting(), encoded));
        assertArrayEquals(new byte[10], AgeStreams.decode(other.decrypting(), encoded));
    }

    @Test
    void identitiesFileMayHaveSeveralKeys() throws Exception {
        Path both = folder.resolve("both.txt");
        Files.writeString(both, Files.readString(other.file()) + "\n# the old one\n" + Files.readString(key.file()));
        AgeStreams.restrict(both);
        byte[] encoded = AgeStreams.encode(key.encrypting(), new byte[10]);
        assertArrayEquals(new byte[10], AgeStreams.decode(Age.withoutKeys().withIdentities(both), encoded));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "age1", "age1xyz", "ssh-ed25519 AAAA", "bob@example.com",
        "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8q"})
    void wrongRecipientIsRefusedWithItsText(String text) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class,
                () -> Age.withoutKeys().withRecipient(text));
        assertTrue(e.getMessage().startsWith("\"" + text + "\" is "), e.getMessage());
    }

    @Test
    void textNamesARecipientOrAFileOfThem() throws Exception {
        Path file = Files.writeString(folder.resolve("age1.txt"), key.recipient());
        for (String text : List.of(key.recipient(), file.toString())) {
            byte[] encoded = AgeStreams.encode(Age.withoutKeys().withRecipients(text), new byte[10]);
            assertArrayEquals(new byte[10], AgeStreams.decode(key.decrypting(), encoded));
        }
        String sound = key.recipient();
        String mistyped = sound.substring(0, sound.length() - 1) + (sound.endsWith("q") ? "p" : "q");
        assertThrows(IllegalArgumentException.class, () -> Age.withoutKeys().withRecipients(mistyped));
        assertThrows(IllegalArgumentException.class, () -> Age.withoutKeys().withRecipients(secret));
        assertThrows(IllegalArgumentException.class, () -> Age.withoutKeys().withRecipients("age1nonsense"));
        assertThrows(NoSuchFileException.class, () -> Age.withoutKeys().withRecipients("./age1nofile"));
    }

    @Test
    void privateKeyAsRecipientIsRefusedWithoutItsText() throws Exception {
        for (String text : List.of(secret, secret.toLowerCase(Locale.ROOT))) {
            IllegalArgumentException e = assertThrows(IllegalArgumentException.class,
                    () -> Age.withoutKeys().withRecipient(text));
            assertFalse(everything(e).contains(text), "the key is in the trace");
        }
        IOException e = assertThrows(IOException.class, () -> Age.withoutKeys().withRecipients(key.file()));
        assertFalse(everything(e).contains(secret), "the key is in the trace");
    }

    @Test
    void damagedIdentityIsRefusedByLineWithoutItsText() throws Exception {
        Path file = folder.resolve("damaged.txt");
        String damaged = secret.substring(0, 30) + (secret.charAt(30) == 'Q' ? 'P' : 'Q') + secret.substring(31);
        for (String text : List.of(damaged, damaged.substring(0, 40), secret.toLowerCase(Locale.ROOT))) {
            Files.writeString(file, "# a comment\n\n" + text + "\n");
            AgeStreams.restrict(file);
            IOException e = assertThrows(IOException.class, () -> Age.withoutKeys().withIdentities(file));
            assertTrue(e.getMessage().startsWith("Line 3 of " + file + ": "), e.getMessage());
            assertFalse(everything(e).contains(text.substring(20)), everything(e));
        }
    }

    @Test
    void filesWithoutKeysAreRefused() throws Exception {
        Path empty = AgeStreams.restrict(Files.writeString(folder.resolve("empty.txt"), "# nothing\n"));
        assertEquals(empty + " has no identity of age",
                assertThrows(IOException.class, () -> Age.withoutKeys().withIdentities(empty)).getMessage());
        assertEquals(empty + " has no recipient of age",
                assertThrows(IOException.class, () -> Age.withoutKeys().withRecipients(empty)).getMessage());
        Path encrypted = AgeStreams.restrict(Files.write(folder.resolve("key.age"),
                AgeStreams.encode(other.encrypting(), secret.getBytes(StandardCharsets.US_ASCII))));
        assertEquals(encrypted + " is encrypted: decrypt it with age -d, for example into a named pipe",
                assertThrows(IOException.class, () -> Age.withoutKeys().withIdentities(encrypted)).getMessage());
        Path huge = AgeStreams.restrict(Files.write(folder.resolve("huge"), new byte[3 << 20]));
        assertEquals(huge + " has more than 1048576 bytes: it is no file of keys",
                assertThrows(IOException.class, () -> Age.withoutKeys().withIdentities(huge)).getMessage());
    }

    @Test
    void othersWhoCanReadIdentitiesAreWarnedOf() throws Exception {
        if (!folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            String reason = "the file system has no permissions of POSIX";
            System.out.println("AgeKeysTest skipped: " + reason);
            abort(reason);
        }
        List<String> warnings = new ArrayList<>();
        Logger logger = Logger.getLogger("io.github.sqlvdi.storage");
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord message) {
                warnings.add(message.getMessage());
            }

            @Override
            public void flush() {
            }

            @Override
            public void close() {
            }
        };
        logger.addHandler(handler);
        try {
            Files.setPosixFilePermissions(key.file(), PosixFilePermissions.fromString("rw-------"));
            key.decrypting();
            assertEquals(List.of(), warnings);
            Files.setPosixFilePermissions(key.file(), PosixFilePermissions.fromString("rw-r-----"));
            key.decrypting();
            assertEquals(1, warnings.size());
            assertEquals(Optional.of("others can read or change the private keys in " + key.file()
                    + " (rw-r-----): chmod 600 it"), Age.exposure(key.file()));
        } finally {
            logger.removeHandler(handler);
        }
    }
}
