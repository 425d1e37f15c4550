/**
 * ChaCha20-Poly1305 (RFC 8439) for chunks of a stream, by the JDK and by OpenSSL's libcrypto.
 */
@NullMarked
package io.github.sqlvdi.storage.internal.cipher;

import org.jspecify.annotations.NullMarked;
