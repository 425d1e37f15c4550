package io.github.sqlvdi.storage.internal.age;

import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.framework.crypto.CipherKey;
import com.exceptionfactory.jagged.framework.format.StandardPayloadKeyWriter;
import io.github.sqlvdi.codec.BlockEncoder;
import io.github.sqlvdi.codec.StreamEncoder;
import io.github.sqlvdi.storage.internal.cipher.CipherLibrary;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Encrypts one stream for its recipients, under a key of its own. */
public final class AgeEncoder implements StreamEncoder {

    /** A header without its recipients has fewer bytes, and so has each recipient. */
    private static final int HEADER_PART_BYTES = 256;

    private final CipherLibrary library;
    private final byte[] header;
    private final byte[] key;
    private boolean closed;

    /**
     * Makes the stream's key and its header.
     *
     * @param recipients each can open the stream; at least one
     * @param library encrypts the payload
     * @throws IOException if the header cannot be made, or would be longer than a decoder accepts
     */
    public AgeEncoder(List<RecipientStanzaWriter> recipients, CipherLibrary library) throws IOException {
        if (recipients.isEmpty()) {
            throw new IllegalArgumentException("No recipient is given: nobody could open the stream");
        }
        this.library = library;
        ByteBuffer buffer = ByteBuffer.allocate(
                (int) Math.min(AgeHeader.MAX_BYTES, HEADER_PART_BYTES * (1L + recipients.size())));
        try {
            CipherKey payload = new StandardPayloadKeyWriter().writeFileHeader(buffer, recipients);
            key = payload.getEncoded();
            payload.destroy();
        } catch (Passphrase.UnavailableException e) {
            throw new IOException(e.getMessage(), e);
        } catch (IOException e) {
            throw new IOException(String.format(Locale.ROOT,
                    "The header of the age format could not be made for %,d recipients, within %,d bytes: %s",
                    recipients.size(), buffer.capacity(), e.getMessage()), e);
        } catch (GeneralSecurityException e) {
            throw new IOException("The header of the age format could not be made: " + e.getMessage(), e);
        }
        header = Arrays.copyOf(buffer.array(), buffer.position());
    }

    @Override
    public int blockBytes() {
        return Payload.BLOCK;
    }

    @Override
    public long encodedBytes(int bytes) {
        return Payload.sealed(bytes);
    }

    @Override
    public byte[] header() {
        return header.clone();
    }

    @Override
    public long encoderBytes() {
        return library == CipherLibrary.JDK ? 2L * Payload.SEALED_CHUNK : 0;
    }

    @Override
    public synchronized BlockEncoder blocks() throws IOException {
        if (closed) {
            throw new IllegalStateException("The encoder is closed");
        }
        return new AgeBlocks(library.open(key));
    }

    @Override
    public synchronized void close() {
        closed = true;
        Arrays.fill(key, (byte) 0);
    }
}
