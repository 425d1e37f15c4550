package io.github.sqlvdi.storage.internal.cipher;

import java.io.IOException;

/** A library did not encrypt or decrypt, for a reason other than a wrong tag. */
public final class CipherException extends IOException {

    private static final long serialVersionUID = 1L;

    CipherException(String message) {
        super(message);
    }

    CipherException(String message, Throwable cause) {
        super(message, cause);
    }
}
