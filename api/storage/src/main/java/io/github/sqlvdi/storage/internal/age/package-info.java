/**
 * The age format (<a href="https://age-encryption.org/v1">age-encryption.org/v1</a>): header and keys by jagged, the payload
 * in blocks that several threads encrypt and decrypt.
 *
 * <p>The payload is chunks of 64 KiB, each with a tag of 16 bytes; the last one may be shorter, and is empty in an empty stream
 * only. A block is 16 chunks.
 */
@NullMarked
package io.github.sqlvdi.storage.internal.age;

import org.jspecify.annotations.NullMarked;
