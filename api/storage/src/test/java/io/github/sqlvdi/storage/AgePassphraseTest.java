package io.github.sqlvdi.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.storage.AgeStreams.Key;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams that a passphrase encrypts. */
class AgePassphraseTest {

    /** What {@code age -p -a} of Debian 12 made of "made by age" with the passphrase "correct horse". */
    private static final String AGES = """
            -----BEGIN AGE ENCRYPTED FILE-----
            YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IHNjcnlwdCBtQXpmdGxxTGlpcDNLeEti
            L2VVNXNnIDE4CnNNNVppVkd2YkNWTGoyQWtuSnZYYXZucWdFMG9oYTVlU25hVmFk
            Yi9hTHMKLS0tIFZNcnVCWHhRMnZaRDU3bkFOQXBETXRYV0RXVmMxWnZ1a2pyR2E0
            N212ZEkKL3bHUVSPIQjx6zAJaa8/DDLl8LaJ/S7UYRiinnO9k24B5lZ34GNkq29V
            8Q0=
            -----END AGE ENCRYPTED FILE-----
            """;

    private static Age age(String passphrase) {
        return Age.withoutKeys().withPassphrase(passphrase.toCharArray());
    }

    @Test
    void passphraseOpensWhatItEncryptedAndNoOtherDoes() throws Exception {
        byte[] plain = AgeStreams.random(100_000, 1);
        byte[] encoded = AgeStreams.encode(age("größer als gut"), plain);
        assertTrue(new String(encoded, 0, 40, StandardCharsets.US_ASCII).contains("-> scrypt "));
        assertArrayEquals(plain, AgeStreams.decode(age("größer als gut"), encoded));
        IOException wrong = assertThrows(IOException.class, () -> AgeStreams.decode(age("grösser als gut"), encoded));
        assertTrue(wrong.getMessage().startsWith(
                "The identity does not open the stream, which is encrypted with age for a passphrase"),
                wrong.getMessage());
    }

    @Test
    void agesPassphraseOpensHere() throws Exception {
        assertEquals("made by age\n", new String(
                AgeStreams.decode(age("correct horse"), AGES.getBytes(StandardCharsets.US_ASCII)),
                StandardCharsets.US_ASCII));
    }

    @Test
    void identityDoesNotOpenAPassphrasesStream(@TempDir Path folder) throws Exception {
        byte[] encoded =
                "age-encryption.org/v1\n-> scrypt bBjlhJVYZeE4aqUdmtRHfw 2\nZV/AhotwSGqaPCU43cepl4WYUouAa17a3xpu4G2yi5k\n--- fgMiVLJHMlg9fW7CVG/hPS5EAU4Zeg19LyCP7SoH5nA\n0123456789012345"
                        .getBytes(StandardCharsets.US_ASCII);
        IOException e = assertThrows(IOException.class,
                () -> AgeStreams.decode(Key.create(folder, "key.txt").decrypting(), encoded));
        assertTrue(e.getMessage().contains("encrypted with age for a passphrase"), e.getMessage());
    }

    @Test
    void costThatAForgedHeaderAsksForIsRefused() {
        byte[] encoded =
                "age-encryption.org/v1\n-> scrypt bBjlhJVYZeE4aqUdmtRHfw 63\nZV/AhotwSGqaPCU43cepl4WYUouAa17a3xpu4G2yi5k\n--- fgMiVLJHMlg9fW7CVG/hPS5EAU4Zeg19LyCP7SoH5nA\n0123456789012345"
                        .getBytes(StandardCharsets.US_ASCII);
        IOException e = assertThrows(IOException.class, () -> AgeStreams.decode(age("x"), encoded));
        assertEquals("The passphrase's work factor is 63: up to 20 is allowed, which takes 1 GiB of memory",
                e.getMessage());
    }

    @Test
    void emptyPassphraseAndPassphraseBesideRecipientsAreRefused(@TempDir Path folder) throws Exception {
        assertThrows(IllegalArgumentException.class, () -> age(""));
        Age both = Key.create(folder, "key.txt").encrypting().withPassphrase("x".toCharArray());
        assertThrows(IllegalStateException.class, both::encoder);
    }
}
