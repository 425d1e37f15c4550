/**
 * OpenSSL's libcrypto, as jextract generates it from {@code src/main/c/crypto/crypto.h}. Every other file of this package is
 * generated (see {@code api/storage/regenerate}) and must not be edited by hand.
 */
package io.github.sqlvdi.storage.internal.libcrypto;
