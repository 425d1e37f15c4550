package io.github.sqlvdi.internal.engine.host.windows;

import io.github.sqlvdi.internal.engine.host.RawMember;
import io.github.sqlvdi.internal.engine.host.members.Hello;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;

/** The other end of a member's pipe, opened like a file. */
record PipeMember(RandomAccessFile pipe) implements RawMember {

    @Override
    public void send(ByteBuffer bytes) throws IOException {
        byte[] all = new byte[bytes.remaining()];
        bytes.get(all);
        if (all.length > 0) {
            pipe.write(all);
        }
    }

    @Override
    public Hello readHello() throws IOException {
        byte[] bytes = new byte[Hello.BYTES];
        for (int at = 0; at < bytes.length;) {
            int count = read(bytes, at);
            if (count < 0) {
                return null;
            }
            at += count;
        }
        return Hello.decode(ByteBuffer.wrap(bytes));
    }

    private int read(byte[] bytes, int at) throws IOException {
        try {
            return pipe.read(bytes, at, bytes.length - at);
        } catch (IOException e) {
            if (new WindowsProbe().isBrokenConnection(e)) {
                return -1;
            }
            throw e;
        }
    }

    @Override
    public void awaitEnd() throws IOException {
        byte[] bytes = new byte[100];
        while (read(bytes, 0) >= 0) {
            continue;
        }
    }

    @Override
    public void close() throws IOException {
        pipe.close();
    }
}
