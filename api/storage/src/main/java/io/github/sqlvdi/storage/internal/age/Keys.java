package io.github.sqlvdi.storage.internal.age;

import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaReaderFactory;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaWriterFactory;
import java.nio.CharBuffer;
import java.security.GeneralSecurityException;
import java.util.Locale;

/** X25519 keys in their text form. No message has the text of a private key. */
final class Keys {

    static final String TYPE = "X25519";

    private static final String RECIPIENT = "age1";
    private static final String IDENTITY = "AGE-SECRET-KEY-";

    private Keys() {
    }

    /**
     * {@return what encrypts a stream's key for a recipient}
     *
     * @throws IllegalArgumentException if the text is no recipient
     */
    static RecipientStanzaWriter recipient(String text) {
        if (text.toUpperCase(Locale.ROOT).startsWith(IDENTITY)) {
            throw new IllegalArgumentException(
                    "A private key is given as a recipient: give its public key, as age-keygen -y prints it");
        }
        if (text.startsWith("ssh-")) {
            throw new IllegalArgumentException("\"" + text + "\" is a key of SSH: only recipients age1... can be used");
        }
        try {
            return X25519RecipientStanzaWriterFactory.newRecipientStanzaWriter(text);
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is no recipient of age, which is age1 and 58 characters: "
                            + e.getMessage(),
                    e);
        }
    }

    /** {@return whether a text is meant as a key, also as a wrong one, and not as the name of a file} */
    static boolean isRecipient(String text) {
        boolean privateKey = text.toUpperCase(Locale.ROOT).startsWith(IDENTITY);
        return privateKey || text.startsWith(RECIPIENT) && text.chars().allMatch(Character::isLetterOrDigit);
    }

    /**
     * {@return the key of an identity}
     *
     * @throws IllegalArgumentException if the text is no identity; its message does not have the text
     */
    static Identity identity(CharBuffer text) {
        boolean known = text.length() > IDENTITY.length()
                && IDENTITY.contentEquals(text.subSequence(0, IDENTITY.length()));
        if (!known) {
            throw new IllegalArgumentException("no identity of age, which begins with " + IDENTITY);
        }
        try {
            return new Identity(X25519RecipientStanzaReaderFactory.newRecipientStanzaReader(text), TYPE);
        } catch (GeneralSecurityException | RuntimeException e) {
            // The causes may quote the key.
            throw new IllegalArgumentException("a damaged identity, or one of another type than X25519");
        }
    }
}
