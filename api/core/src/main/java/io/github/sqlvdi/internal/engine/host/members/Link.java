package io.github.sqlvdi.internal.engine.host.members;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * One connection between two members. The port has verified that both processes belong to the same user. When the process
 * at the other end ends for any reason, the operating system ends the connection. Used by the watch thread only.
 */
public interface Link {

    /**
     * Reads the bytes that have arrived, without waiting.
     *
     * @return the number of bytes, 0 if there are none now, -1 if the other end has gone
     */
    int read(ByteBuffer target) throws IOException;

    /**
     * Sends without waiting.
     *
     * @throws IOException if the other end has gone, or cannot take all bytes at once
     */
    void write(ByteBuffer source) throws IOException;

    /** Ends the connection. Bytes that were sent before still arrive. Idempotent. */
    void close() throws IOException;
}
