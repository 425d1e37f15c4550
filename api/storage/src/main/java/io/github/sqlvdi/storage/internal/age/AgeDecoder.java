package io.github.sqlvdi.storage.internal.age;

import com.exceptionfactory.jagged.UnsupportedRecipientStanzaException;
import com.exceptionfactory.jagged.framework.crypto.CipherKey;
import com.exceptionfactory.jagged.framework.format.StandardPayloadKeyReader;
import io.github.sqlvdi.storage.internal.cipher.CipherLibrary;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;

/** Opens streams with identities. */
public final class AgeDecoder {

    private AgeDecoder() {
    }

    /**
     * Reads the header of a stream and finds its key.
     *
     * @param encoded the stream from its first byte; closed with the result, not if this method throws
     * @param identities the keys that may open it
     * @param library decrypts the payload
     * @param workers decrypt ahead
     * @return the decrypted stream
     * @throws IOException if the header is damaged, or none of the identities opens the stream
     */
    public static ReadableByteChannel decode(ReadableByteChannel encoded, List<Identity> identities,
            CipherLibrary library, Executor workers) throws IOException {
        Input input = new Input(encoded);
        if (input.peek() == '-') {
            input = new Input(new Armor(input));
        }
        AgeHeader header = AgeHeader.read(input);
        byte[] key = key(header, identities);
        try {
            return new AgeChannel(encoded, input, key, library, workers);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private static byte[] key(AgeHeader header, List<Identity> identities) throws IOException {
        if (identities.isEmpty()) {
            throw new IOException("The stream is encrypted with age, for " + recipients(header)
                    + ": give an identity that opens it");
        }
        int count = identities.size();
        IOException refused = new IOException(String.format(Locale.ROOT,
                "%s the stream, which is encrypted with age for %s: not its key, or its header is damaged",
                count == 1 ? "The identity does not open" : "None of the " + count + " identities opens",
                recipients(header)));
        for (Identity identity : identities) {
            if (!header.types().contains(identity.type())) {
                continue;
            }
            try {
                CipherKey payload = new StandardPayloadKeyReader().getPayloadKey(ByteBuffer.wrap(header.bytes()),
                        List.of(identity.reader()));
                byte[] key = payload.getEncoded();
                payload.destroy();
                return key;
            } catch (Passphrase.UnavailableException e) {
                throw new IOException(e.getMessage(), e);
            } catch (UnsupportedRecipientStanzaException e) {
                refused.addSuppressed(e);
            } catch (GeneralSecurityException | RuntimeException e) {
                // The identity has the key of this stream, or jagged cannot read what fits the form.
                throw new IOException("The age header is damaged: " + e.getMessage(), e);
            }
        }
        throw refused;
    }

    /** {@return the recipients by type, such as "2 recipients of type X25519"} */
    private static String recipients(AgeHeader header) {
        Map<String, Long> counts = header.types().stream()
                .collect(Collectors.groupingBy(it -> it, TreeMap::new, Collectors.counting()));
        return counts.entrySet().stream().limit(5).map(it -> it.getKey().equals("scrypt") ? "a passphrase"
                : it.getValue() + (it.getValue() == 1 ? " recipient" : " recipients") + " of type " + it.getKey())
                .collect(Collectors.joining(", "));
    }
}
