package io.github.sqlvdi.mtf;

import io.github.sqlvdi.internal.mtf.LittleEndian;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Reads the stream of a backup while it flows: is fed its bytes from the first on, in portions of any size, and says what
 * the stream is and whether it is whole (MTF reference 13). Pages and log are passed over where they lie, not copied;
 * whatever is looked at is copied into less than a megabyte, and the file list grows with the number of files.
 *
 * <p>No stream makes the reader throw: what is wrong with a stream is in its {@linkplain #report() report}. After the
 * first offence that leaves open where the next block begins, the rest of the stream is counted only. A reader is for one
 * stream and for one thread at a time.
 */
public final class BackupStreamReader {

    private static final int MAGIC_SIZE = 8;
    private static final String TAPE = "TAPE";
    /** Two flipped bits are a damaged stream, more are another format. */
    private static final int NEARLY = 2;

    private final boolean checksums;
    private final Consumer<MemorySegment> expandedBytes;
    private final StreamContents contents;
    private final BlockPadding padding = new BlockPadding();
    private final byte[] head = new byte[MAGIC_SIZE];

    private int headLength;
    private MtfWalker walker;
    private ContainerReader container;
    private long length;
    private boolean finished;

    private BackupStreamReader(Builder builder) {
        checksums = builder.checksums;
        expandedBytes = builder.expandedBytes;
        contents = new StreamContents(builder.listener);
    }

    /** {@return a reader that computes the checksums of data and pages where the stream has any} */
    public static BackupStreamReader create() {
        return builder().build();
    }

    /** {@return a new builder} */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Takes the next bytes of the stream.
     *
     * @param bytes native or on the heap, of any size, alive during this call; not kept
     * @throws IllegalStateException after {@link #finish()}
     */
    public void feed(MemorySegment bytes) {
        feed(bytes, 0, bytes.byteSize());
    }

    /**
     * Takes the next bytes of the stream, without a slice of the segment that holds them.
     *
     * @param bytes native or on the heap, alive during this call; not kept
     * @param from where the bytes begin in the segment
     * @param to where they end
     * @throws IndexOutOfBoundsException if the segment has no such bytes
     * @throws IllegalStateException after {@link #finish()}
     */
    public void feed(MemorySegment bytes, long from, long to) {
        requireOpen();
        Objects.checkFromToIndex(from, to, bytes.byteSize());
        long next = from;
        if (walker == null && !contents.findings().isOffended()) {
            int count = (int) Math.min(to - from, MAGIC_SIZE - headLength);
            MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, from, head, headLength, count);
            headLength += count;
            next += count;
            if (headLength == MAGIC_SIZE) {
                recognise();
                if (walker != null) {
                    read(MemorySegment.ofArray(head), 0, MAGIC_SIZE);
                }
            }
        }
        length += to - from;
        if (walker != null) {
            read(bytes, next, to);
        }
    }

    /**
     * Takes the next bytes of the stream.
     *
     * @param bytes the bytes from its position up to its limit; both are left as they are
     * @throws IllegalStateException after {@link #finish()}
     */
    public void feed(ByteBuffer bytes) {
        feed(MemorySegment.ofBuffer(bytes));
    }

    /**
     * The stream has ended. A second call changes nothing.
     *
     * @return the verdict, never {@link Wholeness#FLOWING}, and what the stream says
     */
    public StreamReport finish() {
        if (!finished) {
            finished = true;
            judge();
        }
        return report();
    }

    /**
     * What was found so far: a snapshot that does not change any more.
     *
     * @return the report; its verdict is {@link Wholeness#FLOWING} before {@link #finish()}, or an offence
     */
    public StreamReport report() {
        return contents.report(length, padding.count(), walker == null ? 0 : walker.position());
    }

    /**
     * Where the stream ends, as soon as its last block has passed: a server that reads from media finds there that it
     * needs no further one. Nothing is fed behind this place unless something stands behind the end.
     *
     * @return bytes from the first one that was fed; empty before the last block has passed, and for a stream whose
     *     blocks the reader cannot follow
     */
    public OptionalLong end() {
        long end = container != null ? container.end() : walker != null ? walker.end() : -1;
        return end < 0 ? OptionalLong.empty() : OptionalLong.of(end);
    }

    private void requireOpen() {
        if (finished) {
            throw new IllegalStateException("the stream has been finished");
        }
    }

    private void recognise() {
        String magic = new String(head, StandardCharsets.ISO_8859_1);
        if (distance(head, ContainerReader.MAGIC) <= NEARLY) {
            walker = new MtfWalker(contents, checksums);
            container = new ContainerReader(walker, contents, expandedBytes);
            if (!magic.equals(ContainerReader.MAGIC)) {
                contents.findings().offence(Wholeness.DAMAGED, 0, String.format(Locale.ROOT,
                        "the container begins with \"%s\": expected %s", Tag.printable(magic), ContainerReader.MAGIC));
                container.stop();
            }
        } else if (distance(head, TAPE) <= NEARLY) {
            walker = new MtfWalker(contents, checksums);
        } else {
            contents.findings().offence(Wholeness.UNKNOWN, 0,
                    String.format(Locale.ROOT,
                            "this is no stream of SQL Server: it begins with %s: expected TAPE or %s",
                            OtherFormat.describe(head), ContainerReader.MAGIC));
        }
    }

    /** In how many bits the bytes differ from a text. */
    private static int distance(byte[] bytes, String text) {
        int bits = 0;
        for (int index = 0; index < text.length(); index++) {
            bits += Integer.bitCount(LittleEndian.u8(bytes, index) ^ text.charAt(index));
        }
        return bits;
    }

    private void read(MemorySegment bytes, long from, long to) {
        PieceReader reader = container != null ? container : walker;
        if (reader.isStopped() || from == to) {
            return;
        }
        if (container == null && expandedBytes != null) {
            expandedBytes.accept(bytes.asSlice(from, to - from).asReadOnly());
        }
        try {
            long next = reader.accept(bytes, from, to, true);
            if (next < to && !padding.take(bytes, next, to)) {
                if (padding.count() > 0) {
                    throw OffenceException.damaged("bytes stand behind the end of the stream");
                }
                reader.accept(bytes, next, to, false); // the reader says what stands behind the end
            }
        } catch (OffenceException e) {
            contents.findings().offence(e.verdict(), container != null ? container.chunkStart() : walker.pieceStart(),
                    e.getMessage());
            reader.stop();
        }
    }

    private void judge() {
        if (contents.findings().isOffended()) {
            return;
        }
        if (walker == null) {
            judgeHead();
        } else if (container != null) {
            judge(container.isComplete(), container.isBehindEnd(), container.place());
        } else {
            judge(walker.isComplete(), walker.isBehindEnd(), walker.place());
        }
    }

    private void judge(boolean complete, boolean behindEnd, String place) {
        int block = padding.count() == 0 ? 0 : padding.blockSize(length - padding.count());
        if (behindEnd || padding.count() > 0 && block == 0) {
            contents.findings().offence(Wholeness.DAMAGED, length, "bytes stand behind the end of the stream");
        } else if (!complete) {
            contents.findings().offence(Wholeness.INCOMPLETE, length, "the stream ends " + place);
        } else if (container != null && container.opaque() != null) {
            contents.findings().offence(Wholeness.UNKNOWN, 0, container.opaque() + "; its chunks are complete");
        } else {
            if (block > 0) {
                contents.findings().remark(String.format(Locale.ROOT,
                        "%,d zero bytes behind the end fill the last block of %,d bytes", padding.count(), block));
            }
            contents.findings().whole();
        }
    }

    /** Fewer bytes than a format has in its name. */
    private void judgeHead() {
        String begun = new String(head, 0, headLength, StandardCharsets.ISO_8859_1);
        if (ContainerReader.MAGIC.startsWith(begun) || begun.startsWith(TAPE) || TAPE.startsWith(begun)) {
            contents.findings().offence(Wholeness.INCOMPLETE, length, headLength == 0 ? "the stream is empty"
                    : "the stream ends inside its first 8 bytes");
        } else {
            contents.findings().offence(Wholeness.UNKNOWN, 0,
                    String.format(Locale.ROOT, "this is no stream of SQL Server: it has %d bytes", headLength));
        }
    }

    /** Collects what a reader shall do. Not safe for several threads at once. */
    public static final class Builder {

        private boolean checksums = true;
        private StreamListener listener = new StreamListener() {
        };
        private Consumer<MemorySegment> expandedBytes;

        private Builder() {
        }

        /**
         * Whether to compute the checksums of the data where the stream has any, both those of {@code WITH CHECKSUM} and
         * those that pages carry themselves; the default is true. It costs about what reading the memory costs, and in a
         * compressed stream the expansion of every chunk.
         *
         * @param compute false to pass over pages and log unseen
         * @return this
         */
        public Builder checksums(boolean compute) {
            checksums = compute;
            return this;
        }

        /**
         * Who hears of the parts as they pass; by default nobody.
         *
         * @param hearer the listener
         * @return this
         */
        public Builder listener(StreamListener hearer) {
            listener = Objects.requireNonNull(hearer, "listener");
            return this;
        }

        /**
         * Who gets the bytes of the expanded stream, in order; by default nobody, and a compressed stream is expanded only
         * where the reader must look at it. A stream that is not compressed is handed on as it is. Nothing comes after an
         * offence that ends the walk.
         *
         * @param sink called on the thread that feeds, with a read-only segment that is valid during the call
         * @return this
         */
        public Builder expandedBytes(Consumer<MemorySegment> sink) {
            expandedBytes = Objects.requireNonNull(sink, "sink");
            return this;
        }

        /** {@return the reader} */
        public BackupStreamReader build() {
            return new BackupStreamReader(this);
        }
    }
}
