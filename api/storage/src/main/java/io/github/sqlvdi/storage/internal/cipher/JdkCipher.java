package io.github.sqlvdi.storage.internal.cipher;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;

/**
 * The cipher of the JDK. It works from heap to heap: with a direct buffer on either side the JDK allocates each chunk anew.
 * Copies of the key that the JDK makes are left to the garbage collector.
 */
final class JdkCipher implements ChunkCipher {

    private static final String ALGORITHM = "ChaCha20-Poly1305";

    private final WipedKey key;
    private Cipher cipher;
    private final byte[] nonce = new byte[NONCE_BYTES];
    private final byte[] input = new byte[CHUNK_BYTES + TAG_BYTES];
    private final byte[] output = new byte[CHUNK_BYTES + TAG_BYTES];

    JdkCipher(byte[] key) throws CipherException {
        try {
            cipher = Cipher.getInstance(ALGORITHM);
        } catch (GeneralSecurityException e) {
            throw new CipherException("The JDK has no " + ALGORITHM + ": " + e.getMessage(), e);
        }
        this.key = new WipedKey(key);
    }

    @Override
    public void seal(long chunk, boolean last, MemorySegment plain, long plainOffset, int bytes, MemorySegment sealed,
            long sealedOffset) throws CipherException {
        MemorySegment.copy(plain, ValueLayout.JAVA_BYTE, plainOffset, input, 0, bytes);
        try {
            initialize(Cipher.ENCRYPT_MODE, chunk, last);
            int length = cipher.doFinal(input, 0, bytes, output, 0);
            MemorySegment.copy(output, 0, sealed, ValueLayout.JAVA_BYTE, sealedOffset, length);
        } catch (GeneralSecurityException e) {
            throw new CipherException("The JDK could not encrypt chunk " + chunk + ": " + e.getMessage(), e);
        }
    }

    @Override
    public boolean open(long chunk, boolean last, MemorySegment sealed, long sealedOffset, int bytes,
            MemorySegment plain, long plainOffset) throws CipherException {
        MemorySegment.copy(sealed, ValueLayout.JAVA_BYTE, sealedOffset, input, 0, bytes);
        try {
            initialize(Cipher.DECRYPT_MODE, chunk, last);
            int length = cipher.doFinal(input, 0, bytes, output, 0);
            MemorySegment.copy(output, 0, plain, ValueLayout.JAVA_BYTE, plainOffset, length);
            return true;
        } catch (AEADBadTagException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new CipherException("The JDK could not decrypt chunk " + chunk + ": " + e.getMessage(), e);
        }
    }

    private void initialize(int mode, long chunk, boolean last) throws GeneralSecurityException {
        key.requireAlive();
        boolean again = mode == Cipher.ENCRYPT_MODE;
        for (int i = 0; i < NONCE_BYTES; i++) {
            byte value = Nonce.at(i, chunk, last);
            again &= value == nonce[i];
            nonce[i] = value;
        }
        if (again) {
            // Such as the first chunk after a dropped block. The JDK's object refuses the nonce that it had before.
            cipher = Cipher.getInstance(ALGORITHM);
        }
        cipher.init(mode, key, new IvParameterSpec(nonce));
    }

    @Override
    public void close() {
        key.destroy();
        Arrays.fill(input, (byte) 0);
        Arrays.fill(output, (byte) 0);
    }

    /** A key that can be destroyed, other than {@code SecretKeySpec}, whose {@code destroy} does nothing. */
    private static final class WipedKey implements Key {

        private static final long serialVersionUID = 1L;

        private final transient byte[] bytes;
        private transient volatile boolean destroyed;

        WipedKey(byte[] bytes) {
            this.bytes = bytes.clone();
        }

        void destroy() {
            destroyed = true;
            Arrays.fill(bytes, (byte) 0);
        }

        void requireAlive() {
            if (destroyed) {
                throw new IllegalStateException("The cipher is closed");
            }
        }

        @Override
        public String getAlgorithm() {
            return ALGORITHM;
        }

        @Override
        public String getFormat() {
            return "RAW";
        }

        @Override
        public byte[] getEncoded() {
            return bytes.clone();
        }
    }
}
