package io.github.sqlvdi.mtf;

/**
 * The header of a data stream in a block (MTF reference 3).
 *
 * @param id four characters, for example {@code MQDA}
 * @param position where its header begins, in bytes from the beginning of the expanded stream
 * @param attributes its media format attributes
 * @param length bytes of its data
 */
public record MtfStream(String id, long position, int attributes, long length) {
}
