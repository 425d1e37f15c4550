/**
 * The arithmetic of a backup stream: checksums, dates, GUIDs, LZ77 with Huffman codes. Nothing here knows a block of the
 * stream; {@code io.github.sqlvdi.mtf} does.
 */
package io.github.sqlvdi.internal.mtf;
