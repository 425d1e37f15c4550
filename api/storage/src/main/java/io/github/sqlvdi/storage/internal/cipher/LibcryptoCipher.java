package io.github.sqlvdi.storage.internal.cipher;

import io.github.sqlvdi.storage.internal.libcrypto.Crypto;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;

/**
 * The cipher of OpenSSL's libcrypto, with one EVP context. Calls are not {@code critical}: a garbage collection need not wait
 * for the end of a chunk.
 */
final class LibcryptoCipher implements ChunkCipher {

    private static final int SUCCESS = 1;
    private static final int ENCRYPT = 1;
    private static final int DECRYPT = 0;

    private final Arena arena = Arena.ofShared();
    private final MemorySegment nonce = arena.allocate(NONCE_BYTES);
    private final MemorySegment length = arena.allocate(ValueLayout.JAVA_INT);
    private final MemorySegment tag = arena.allocate(TAG_BYTES);
    private final MemorySegment context;
    private boolean closed;

    LibcryptoCipher(byte[] key) throws CipherException {
        context = Crypto.EVP_CIPHER_CTX_new();
        try (Arena temporary = Arena.ofConfined()) {
            if (context.address() == 0) {
                throw new CipherException("libcrypto has no memory: EVP_CIPHER_CTX_new returned NULL");
            }
            MemorySegment bytes = temporary.allocateFrom(ValueLayout.JAVA_BYTE, key);
            try {
                check(Crypto.EVP_CipherInit_ex(context, Crypto.EVP_chacha20_poly1305(), MemorySegment.NULL, bytes,
                        MemorySegment.NULL, ENCRYPT), "EVP_CipherInit_ex");
            } finally {
                bytes.fill((byte) 0);
            }
        } catch (CipherException | RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    @Override
    public void seal(long chunk, boolean last, MemorySegment plain, long plainOffset, int bytes, MemorySegment sealed,
            long sealedOffset) throws CipherException {
        MemorySegment to = sealed.asSlice(sealedOffset, bytes + TAG_BYTES);
        initialize(chunk, last, ENCRYPT);
        update(plain.asSlice(plainOffset, bytes), to, bytes);
        check(Crypto.EVP_CipherFinal_ex(context, to, length), "EVP_CipherFinal_ex");
        check(Crypto.EVP_CIPHER_CTX_ctrl(context, Crypto.EVP_CTRL_AEAD_GET_TAG(), TAG_BYTES,
                to.asSlice(bytes, TAG_BYTES)), "EVP_CIPHER_CTX_ctrl");
    }

    @Override
    public boolean open(long chunk, boolean last, MemorySegment sealed, long sealedOffset, int bytes,
            MemorySegment plain, long plainOffset) throws CipherException {
        int count = bytes - TAG_BYTES;
        MemorySegment from = from(sealed, sealedOffset, bytes);
        MemorySegment to = from(plain, plainOffset, count);
        initialize(chunk, last, DECRYPT);
        MemorySegment.copy(sealed, sealedOffset + count, tag, 0, TAG_BYTES);
        check(Crypto.EVP_CIPHER_CTX_ctrl(context, Crypto.EVP_CTRL_AEAD_SET_TAG(), TAG_BYTES, tag),
                "EVP_CIPHER_CTX_ctrl");
        update(from, to, count);
        return Crypto.EVP_CipherFinal_ex(context, to, length) == SUCCESS;
    }

    /**
     * Checks that the memory has so many bytes at the offset, and returns it from there on. The library is given only its
     * address. An offset of 0 makes no slice: where chunks are opened, the JIT compiler did not avoid these objects.
     */
    private static MemorySegment from(MemorySegment memory, long offset, long bytes) {
        Objects.checkFromIndexSize(offset, bytes, memory.byteSize());
        return offset == 0 ? memory : memory.asSlice(offset);
    }

    private void initialize(long chunk, boolean last, int mode) throws CipherException {
        if (closed) {
            throw new IllegalStateException("The cipher is closed");
        }
        for (int i = 0; i < NONCE_BYTES; i++) {
            nonce.set(ValueLayout.JAVA_BYTE, i, Nonce.at(i, chunk, last));
        }
        check(Crypto.EVP_CipherInit_ex(context, MemorySegment.NULL, MemorySegment.NULL, MemorySegment.NULL, nonce,
                mode), "EVP_CipherInit_ex");
    }

    private void update(MemorySegment from, MemorySegment to, int bytes) throws CipherException {
        check(Crypto.EVP_CipherUpdate(context, to, length, from, bytes), "EVP_CipherUpdate");
        int written = length.get(ValueLayout.JAVA_INT, 0);
        if (written != bytes) {
            throw new CipherException("libcrypto gave " + written + " of " + bytes + " bytes");
        }
    }

    private static void check(int result, String function) throws CipherException {
        if (result != SUCCESS) {
            throw new CipherException("libcrypto failed: " + function + " returned " + result);
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            Crypto.EVP_CIPHER_CTX_free(context);
            arena.close();
        }
    }
}
