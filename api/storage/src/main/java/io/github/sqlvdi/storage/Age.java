package io.github.sqlvdi.storage;

import com.exceptionfactory.jagged.RecipientStanzaWriter;
import io.github.sqlvdi.codec.Codec;
import io.github.sqlvdi.codec.StreamEncoder;
import io.github.sqlvdi.storage.internal.age.AgeDecoder;
import io.github.sqlvdi.storage.internal.age.AgeEncoder;
import io.github.sqlvdi.storage.internal.age.Identity;
import io.github.sqlvdi.storage.internal.age.KeyFiles;
import io.github.sqlvdi.storage.internal.age.Passphrase;
import io.github.sqlvdi.storage.internal.cipher.CipherLibrary;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Encryption in the age format (<a href="https://age-encryption.org/v1">age-encryption.org/v1</a>), which the program
 * {@code age} reads and writes too. A stream is encrypted for recipients, the public keys {@code age1...}; each of their
 * identities, the private keys, opens it.
 *
 * <pre>{@code
 * Codec age = Age.withoutKeys().withRecipient("age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p");
 * Codec opening = Age.withoutKeys().withIdentities(Path.of("key.txt"));
 * }</pre>
 *
 * <p>A decrypted stream gives no byte whose tag was not checked, and its end only where the encrypted stream was whole. What is
 * encrypted says nothing about who made it: everybody who knows a recipient can encrypt for it.
 *
 * <p>OpenSSL's libcrypto, version 3, encrypts where it is installed, else the JDK.
 */
public final class Age implements Codec {

    private static final String VERSIONS = "age-encryption.org/";
    private static final String ARMOR = "-----BEGIN AGE ENCRYPTED FILE-----";
    private static final Age NONE = new Age(List.of(), List.of(), null);

    private final List<RecipientStanzaWriter> recipients;
    private final List<Identity> identities;
    private final @Nullable Passphrase passphrase;

    private Age(List<RecipientStanzaWriter> recipients, List<Identity> identities, @Nullable Passphrase passphrase) {
        this.recipients = recipients;
        this.identities = identities;
        this.passphrase = passphrase;
    }

    /** {@return a codec without keys, which recognizes encrypted streams and says that an identity is missing} */
    public static Age withoutKeys() {
        return NONE;
    }

    /**
     * Adds a recipient.
     *
     * @param recipient a public key, {@code age1...}
     * @return a codec that also encrypts for this recipient
     * @throws IllegalArgumentException if the text is no X25519 recipient
     */
    public Age withRecipient(String recipient) {
        return new Age(joined(recipients, List.of(KeyFiles.recipient(recipient))), identities, passphrase);
    }

    /**
     * Adds the recipients of a file, as {@code age -R} reads it: one a line; empty lines and lines that begin with # are
     * passed over.
     *
     * @param file the file
     * @return a codec that also encrypts for these recipients
     * @throws IOException if the file cannot be read, has another line, or no recipient
     */
    public Age withRecipients(Path file) throws IOException {
        return new Age(joined(recipients, KeyFiles.recipients(file)), identities, passphrase);
    }

    /**
     * Adds what a text names, as on a command line.
     *
     * @param recipientOrFile a public key, {@code age1...}, or the name of a file of recipients; a file whose name is like a key
     *     is named with its folder
     * @return a codec that also encrypts for these recipients
     * @throws IllegalArgumentException if the text is a key, but not a right one
     * @throws IOException if the file cannot be read, has another line, or no recipient
     */
    public Age withRecipients(String recipientOrFile) throws IOException {
        return new Age(joined(recipients, KeyFiles.recipients(recipientOrFile)), identities, passphrase);
    }

    /**
     * Tells whether others have access to a file of identities.
     *
     * @param file the file
     * @return who has, in words; empty if nobody has, or the file system does not tell
     * @throws IOException if the file cannot be found
     */
    public static Optional<String> exposure(Path file) throws IOException {
        return KeyFiles.exposure(file);
    }

    /**
     * Adds the identities of a file, as {@code age-keygen} writes it: one a line; empty lines and lines that begin with # are
     * passed over. Logs a warning if others can read the file.
     *
     * @param file the file
     * @return a codec that also decrypts with these identities
     * @throws IOException if the file cannot be read, has another line, or no identity; no message has a private key
     */
    public Age withIdentities(Path file) throws IOException {
        return new Age(recipients, joined(identities, KeyFiles.identities(file)), passphrase);
    }

    /**
     * Sets a passphrase, which encrypts in the place of recipients and decrypts beside identities. Each stream takes about a
     * second and 256 MiB of heap for it, by the design of scrypt. It needs Bouncy Castle
     * ({@code org.bouncycastle:bcprov-jdk18on}), an optional dependency.
     *
     * @param characters the passphrase, not empty; copied, and kept in memory as long as this object
     * @return a codec that encrypts and decrypts with this passphrase
     * @throws IllegalArgumentException if it is empty
     */
    public Age withPassphrase(char[] characters) {
        return new Age(recipients, identities, new Passphrase(characters));
    }

    private static <T> List<T> joined(List<T> first, List<T> second) {
        List<T> all = new ArrayList<>(first);
        all.addAll(second);
        return List.copyOf(all);
    }

    @Override
    public String name() {
        return "age";
    }

    @Override
    public String suffix() {
        return ".age";
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException if there is neither a recipient nor a passphrase, or there are both, which the format
     *     forbids
     */
    @Override
    public StreamEncoder encoder() throws IOException {
        if (passphrase != null && !recipients.isEmpty()) {
            throw new IllegalStateException("Age has a passphrase and recipients: the format allows only one of them");
        }
        if (passphrase == null && recipients.isEmpty()) {
            throw new IllegalStateException("Age has no recipient to encrypt for: see withRecipient");
        }
        return new AgeEncoder(passphrase == null ? recipients : List.of(passphrase), CipherLibrary.choose());
    }

    @Override
    public int headBytes() {
        return ARMOR.length();
    }

    @Override
    public boolean recognizes(ByteBuffer head) {
        return begins(head, VERSIONS) || begins(head, ARMOR);
    }

    private static boolean begins(ByteBuffer head, String text) {
        return head.remaining() >= text.length()
                && head.slice(head.position(), text.length()).equals(StandardCharsets.US_ASCII.encode(text));
    }

    /** {@inheritDoc} The stream is decrypted in blocks of 1 MiB; six of them are kept at most. */
    @Override
    public ReadableByteChannel decode(ReadableByteChannel encoded, Executor workers) throws IOException {
        List<Identity> all = passphrase == null ? identities : joined(identities, List.of(passphrase.identity()));
        return AgeDecoder.decode(encoded, all, CipherLibrary.choose(), workers);
    }
}
