package io.github.sqlvdi.mtf;

import java.util.List;

/**
 * Hears of the parts of a stream as they pass, on the thread that feeds the reader, in the order of the stream. What it
 * throws leaves the reader's method and ends the reader.
 */
public interface StreamListener {

    /**
     * The header of a block was read and is in order.
     *
     * @param block the block
     */
    default void block(MtfBlock block) {
    }

    /**
     * The header of a data stream was read and is in order; its data comes next.
     *
     * @param block the block that it belongs to
     * @param stream the data stream
     */
    default void stream(MtfBlock block, MtfStream stream) {
    }

    /**
     * The label is complete: within the first sectors of the stream.
     *
     * @param label what LABELONLY prints
     */
    default void label(MediaLabel label) {
    }

    /**
     * A configuration is complete: the preliminary one before the data, the final one behind it.
     *
     * @param header what HEADERONLY prints
     * @param files what FILELISTONLY prints
     */
    default void configuration(BackupHeader header, List<BackupFile> files) {
    }
}
