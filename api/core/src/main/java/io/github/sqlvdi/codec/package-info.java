/**
 * Formats that a stream has between the server and its place: compressed, encrypted. An implementation encodes blocks of a
 * stream in parallel and decodes a stream on several threads. The artifact {@code sqlvdi-storage} has zstd, gzip and age.
 */
@NullMarked
package io.github.sqlvdi.codec;

import org.jspecify.annotations.NullMarked;
