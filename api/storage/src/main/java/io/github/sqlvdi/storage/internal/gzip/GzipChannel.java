package io.github.sqlvdi.storage.internal.gzip;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ReadableByteChannel;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Decodes gzip members one after the other on the reading thread. Unlike the JDK's GZIPInputStream it does not take bytes
 * that follow the last member, or a stream that is cut between header and content, for the end.
 */
public final class GzipChannel implements ReadableByteChannel {

    /** How many bytes {@link #recognizes} needs. */
    public static final int HEAD_BYTES = 3;

    private static final int CAPACITY = 64 << 10;
    private static final int HEADER_CRC = 2;
    static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;

    private final ReadableByteChannel source;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(CAPACITY).order(ByteOrder.LITTLE_ENDIAN).flip();
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private long read;
    private long content;
    /** The length of the content that was read since the mark at the beginning. */
    private long total;
    /** Whether the mark at the end of a stream must come. */
    private boolean marked;
    private boolean inMember;
    private boolean ended;
    private boolean sourceEnded;
    private boolean closed;
    private IOException failure;

    /**
     * Makes a channel.
     *
     * @param encoded the stream; closed with this channel
     */
    public GzipChannel(ReadableByteChannel encoded) {
        this.source = encoded;
    }

    /** {@return whether a stream begins with a gzip member} */
    public static boolean recognizes(ByteBuffer head) {
        int at = head.position();
        return head.remaining() >= HEAD_BYTES && head.get(at) == 0x1f && head.get(at + 1) == (byte) 0x8b
                && head.get(at + 2) == 8;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
        if (failure != null) {
            throw new IOException(failure.getMessage(), failure);
        }
        try {
            return readNext(target);
        } catch (IOException broken) {
            failure = broken;
            throw broken;
        }
    }

    private int readNext(ByteBuffer target) throws IOException {
        if (!target.hasRemaining()) {
            return 0;
        }
        while (!ended) {
            if (!inMember && !beginMember()) {
                return -1;
            }
            int start = target.position();
            inflate(target);
            int count = target.position() - start;
            if (count > 0) {
                crc.update(target.duplicate().position(start).limit(start + count));
                content += count;
                total += count;
            }
            if (inflater.finished()) {
                endMember();
            }
            if (count > 0) {
                return count;
            }
        }
        return -1;
    }

    private void inflate(ByteBuffer target) throws IOException {
        if (inflater.needsInput() && !inflater.finished()) {
            require(1);
        }
        try {
            inflater.setInput(buffer); // its position moves with the bytes that are used
            inflater.inflate(target);
        } catch (DataFormatException wrong) {
            throw damaged(String.valueOf(wrong.getMessage()));
        }
        if (inflater.needsDictionary()) {
            throw damaged("it needs a dictionary");
        }
    }

    /** Reads the header of a member. Returns false at the end of the stream. */
    private boolean beginMember() throws IOException {
        if (read > 0 && onlyZerosLeft()) {
            ended = true;
            if (marked) {
                throw cut();
            }
            return false;
        }
        require(10);
        if (!recognizes(buffer)) {
            throw damaged("there is no gzip member");
        }
        int flags = buffer.get(buffer.position() + 3);
        buffer.position(buffer.position() + 10);
        if ((flags & EXTRA) != 0) {
            require(2);
            byte[] extra = new byte[buffer.getShort() & 0xFFFF];
            for (int at = 0; at < extra.length; at++) {
                extra[at] = next();
            }
            Optional<MemberMark> mark = MemberMark.read(extra);
            if (mark.isPresent()) {
                mark(mark.get());
            }
        }
        skipText((flags & NAME) != 0);
        skipText((flags & COMMENT) != 0);
        for (int left = (flags & HEADER_CRC) != 0 ? 2 : 0; left > 0; left--) {
            next();
        }
        inflater.reset();
        crc.reset();
        content = 0;
        inMember = true;
        return true;
    }

    private void mark(MemberMark mark) throws IOException {
        if (mark.end() && marked && mark.bytes() != total) {
            throw damaged(String.format(Locale.ROOT, "it has %,d bytes of content, but %,d were written", total,
                    mark.bytes()));
        }
        if (!mark.end() && marked) {
            throw cut();
        }
        marked = !mark.end();
        total = 0;
    }

    /** gzip ignores zeros behind the last member, with which tapes fill their blocks. */
    private boolean onlyZerosLeft() throws IOException {
        while (ensure(1)) {
            if (buffer.get(buffer.position()) != 0) {
                return false;
            }
            buffer.get();
        }
        return true;
    }

    private void endMember() throws IOException {
        require(8);
        int sum = buffer.getInt();
        int size = buffer.getInt();
        if (sum != (int) crc.getValue() || size != (int) content) {
            throw damaged("the checksum or the length of its content is another than its end says");
        }
        inMember = false;
    }

    private void skipText(boolean present) throws IOException {
        boolean more = present;
        while (more) {
            more = next() != 0;
        }
    }

    private byte next() throws IOException {
        require(1);
        return buffer.get();
    }

    private void require(int count) throws IOException {
        if (!ensure(count)) {
            throw cut();
        }
    }

    private EOFException cut() {
        return new EOFException(
                String.format(Locale.ROOT, "The gzip stream is cut: it ends after %,d bytes before its end", read));
    }

    private boolean ensure(int count) throws IOException {
        while (buffer.remaining() < count && !sourceEnded) {
            buffer.compact();
            int some;
            try {
                some = source.read(buffer);
            } finally {
                buffer.flip();
            }
            if (some == 0) {
                throw new IOException("The channel " + source + " gave none of the bytes asked for");
            }
            sourceEnded = some < 0;
            read += Math.max(some, 0);
        }
        return buffer.remaining() >= count;
    }

    private IOException damaged(String problem) {
        return new IOException(String.format(Locale.ROOT, "The gzip stream is damaged at about byte %,d: %s",
                read - buffer.remaining(), problem));
    }

    @Override
    public boolean isOpen() {
        return !closed;
    }

    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            inflater.end();
            source.close();
        }
    }
}
