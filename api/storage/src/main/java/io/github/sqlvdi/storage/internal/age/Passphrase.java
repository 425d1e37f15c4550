package io.github.sqlvdi.storage.internal.age;

import com.exceptionfactory.jagged.FileKey;
import com.exceptionfactory.jagged.RecipientStanza;
import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.UnsupportedRecipientStanzaException;
import com.exceptionfactory.jagged.framework.crypto.CipherKey;
import com.exceptionfactory.jagged.framework.crypto.EncryptedFileKey;
import com.exceptionfactory.jagged.framework.crypto.FileKeyDecryptorFactory;
import com.exceptionfactory.jagged.framework.crypto.FileKeyEncryptorFactory;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import javax.crypto.AEADBadTagException;
import org.bouncycastle.crypto.generators.SCrypt;
import org.jspecify.annotations.Nullable;

/** A passphrase, from which scrypt derives the key that encrypts the stream's key. Bouncy Castle has the scrypt. */
public final class Passphrase implements RecipientStanzaReader, RecipientStanzaWriter {

    static final String TYPE = "scrypt";

    private static final String LABEL = "age-encryption.org/v1/scrypt";
    private static final int SALT_BYTES = 16;
    private static final int KEY_BYTES = 32;
    private static final int BODY_BYTES = 32;
    /** The logarithm of the cost, as the program age has it: a second, and 256 MiB of memory. */
    private static final int WORK = 18;
    /** 1 GiB of memory; a forged file must not ask for more. */
    private static final int MAX_WORK = 20;
    private static final int BLOCK_SIZE = 8;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] passphrase;
    private final int work;

    /**
     * Makes a passphrase.
     *
     * @param characters not empty; copied
     */
    public Passphrase(char[] characters) {
        this(characters, WORK);
    }

    Passphrase(char[] characters, int work) {
        if (characters.length == 0) {
            throw new IllegalArgumentException("The passphrase is empty");
        }
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(CharBuffer.wrap(characters));
        passphrase = Arrays.copyOf(bytes.array(), bytes.limit());
        Arrays.fill(bytes.array(), (byte) 0);
        this.work = work;
    }

    /** {@return what opens streams with this passphrase} */
    public Identity identity() {
        return new Identity(this, TYPE);
    }

    @Override
    public Iterable<RecipientStanza> getRecipientStanzas(FileKey fileKey) throws GeneralSecurityException {
        byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        CipherKey key = derive(salt, work);
        byte[] body =
                new FileKeyEncryptorFactory().newFileKeyEncryptor().getEncryptedFileKey(fileKey, key).getEncoded();
        key.destroy();
        List<String> arguments =
                List.of(Base64.getEncoder().withoutPadding().encodeToString(salt), Integer.toString(work));
        return List.of(new Stanza(arguments, body));
    }

    @Override
    public FileKey getFileKey(Iterable<RecipientStanza> stanzas) throws GeneralSecurityException {
        Iterator<RecipientStanza> all = stanzas.iterator();
        RecipientStanza stanza = all.next();
        if (!stanza.getType().equals(TYPE) || all.hasNext()) {
            throw new GeneralSecurityException("a passphrase is beside other recipients, which the format forbids");
        }
        Iterator<String> arguments = stanza.getArguments().iterator();
        byte[] salt = salt(next(arguments));
        String cost = next(arguments);
        if (!cost.matches("[1-9][0-9]?") || arguments.hasNext() || stanza.getBody().length != BODY_BYTES) {
            throw new GeneralSecurityException("the recipient of a passphrase has not its form");
        }
        if (Integer.parseInt(cost) > MAX_WORK) {
            throw new UnavailableException("The passphrase's work factor is " + cost + ": up to " + MAX_WORK
                    + " is allowed, which takes 1 GiB of memory", null);
        }
        CipherKey key = derive(salt, Integer.parseInt(cost));
        try {
            return new FileKeyDecryptorFactory().newFileKeyDecryptor()
                    .getFileKey(new EncryptedFileKey(stanza.getBody()), key);
        } catch (AEADBadTagException e) {
            throw new UnsupportedRecipientStanzaException("the passphrase does not open the stream");
        } finally {
            key.destroy();
        }
    }

    private static String next(Iterator<String> arguments) {
        return arguments.hasNext() ? arguments.next() : "";
    }

    private static byte[] salt(String text) throws GeneralSecurityException {
        try {
            byte[] salt = Base64.getDecoder().decode(text);
            if (salt.length == SALT_BYTES && Base64.getEncoder().withoutPadding().encodeToString(salt).equals(text)) {
                return salt;
            }
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException("the salt of a passphrase is no base64", e);
        }
        throw new GeneralSecurityException("the salt of a passphrase has not its form");
    }

    private CipherKey derive(byte[] salt, int factor) throws UnavailableException {
        byte[] label = LABEL.getBytes(StandardCharsets.US_ASCII);
        byte[] labelled = Arrays.copyOf(label, label.length + salt.length);
        System.arraycopy(salt, 0, labelled, label.length, salt.length);
        try {
            return new CipherKey(SCrypt.generate(passphrase, labelled, 1 << factor, BLOCK_SIZE, 1, KEY_BYTES));
        } catch (NoClassDefFoundError e) {
            throw new UnavailableException(
                    "A passphrase needs Bouncy Castle: put org.bouncycastle:bcprov-jdk18on on the class"
                            + " path or module path",
                    e);
        } catch (OutOfMemoryError e) {
            throw new UnavailableException("The passphrase's work factor " + factor + " needs " + (1 << factor >> 10)
                    + " MiB of heap: give the JVM more, see -Xmx", e);
        }
    }

    /** The machine cannot use the passphrase, whether it is right or not. */
    static final class UnavailableException extends GeneralSecurityException {

        private static final long serialVersionUID = 1L;

        UnavailableException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    private record Stanza(List<String> arguments, byte[] body) implements RecipientStanza {

        @Override
        public String getType() {
            return TYPE;
        }

        @Override
        public List<String> getArguments() {
            return arguments;
        }

        @Override
        public byte[] getBody() {
            return body.clone();
        }
    }
}
