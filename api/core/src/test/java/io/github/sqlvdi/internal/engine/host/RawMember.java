package io.github.sqlvdi.internal.engine.host;

import io.github.sqlvdi.internal.engine.host.members.Hello;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A connection to a member that keeps to no protocol. */
public interface RawMember extends AutoCloseable {

    /** Sends some bytes. */
    default void send(byte... bytes) throws IOException {
        send(ByteBuffer.wrap(bytes));
    }

    /** Sends some bytes. */
    void send(ByteBuffer bytes) throws IOException;

    /** Reads an answer of the size of a hello; null if the other side closes instead. */
    Hello readHello() throws IOException;

    /** Waits until the other side closes the connection, whatever it says before. */
    void awaitEnd() throws IOException;

    @Override
    void close() throws IOException;
}
