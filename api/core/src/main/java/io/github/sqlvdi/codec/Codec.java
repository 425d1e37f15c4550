package io.github.sqlvdi.codec;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.concurrent.Executor;

/**
 * A format with its settings, such as zstd at level 3 or age for two recipients. Immutable: any number of threads and
 * streams use one object.
 */
public interface Codec {

    /** {@return the name of the format in lower case, such as {@code zstd}} */
    String name();

    /** {@return what the format appends to the name of a file, with its dot, such as {@code .zst}} */
    String suffix();

    /**
     * Begins to encode a stream.
     *
     * @return the encoder of one stream; the caller closes it
     * @throws IOException if the format is not available here; the message says what to install
     */
    StreamEncoder encoder() throws IOException;

    /** {@return how many bytes {@link #recognizes(ByteBuffer)} needs} */
    int headBytes();

    /**
     * Tells whether a stream has this format.
     *
     * @param head the first {@link #headBytes()} bytes of the stream, or all of a shorter one, from position to limit; its
     *     position is not changed
     * @return whether they begin a stream of this format
     */
    boolean recognizes(ByteBuffer head);

    /**
     * Decodes a stream.
     *
     * @param encoded the stream, in blocking mode, from its first byte; closed with the returned channel
     * @param workers decode parts of the stream that do not depend on each other, if the format has such parts
     * @return the decoded stream. Its end is reported only if the encoded stream was whole. A stream that is cut, damaged or
     *     not for these keys makes {@code read} throw an {@link IOException} that says so, before a byte that was not checked
     *     leaves it, where the format has checks
     * @throws IOException if the head of the stream is refused, or the format is not available here
     */
    ReadableByteChannel decode(ReadableByteChannel encoded, Executor workers) throws IOException;
}
