package io.github.sqlvdi.internal.engine.host.members;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * One connection between two members, whose two users the system has found to be the same. The system ends it when the
 * process at the other end does, however that ended. Used by the watch thread only.
 */
public interface Link {

    /**
     * Takes what has arrived, without waiting.
     *
     * @return the number of bytes, 0 if there are none now, -1 if the other end has gone
     */
    int read(ByteBuffer target) throws IOException;

    /**
     * Sends without waiting.
     *
     * @throws IOException if the other end has gone, or does not even take these few bytes
     */
    void write(ByteBuffer source) throws IOException;

    /** Ends the connection; what was sent still arrives. Idempotent. */
    void close() throws IOException;
}
