package io.github.sqlvdi.storage.internal.zstd;

import io.github.sqlvdi.codec.BlockEncoder;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/** Makes each block a frame with its content's size and checksum. */
final class FrameEncoder implements BlockEncoder {

    /** The room in front of the frame, for the size of its content. */
    static final int FRONT = 4;

    private final ZstdCompressor compressor;
    private final int blockBytes;
    private MemorySegment output = MemorySegment.NULL;
    private int content;
    /** The length of a frame that was made of one write; 0 before that, and for a frame in parts. */
    private int whole;

    FrameEncoder(ZstdCompressor compressor, int blockBytes) {
        this.compressor = compressor;
        this.blockBytes = blockBytes;
    }

    @Override
    public void begin(long index, MemorySegment target) throws IOException {
        output = target;
        content = 0;
        whole = 0;
    }

    @Override
    public void write(MemorySegment input) throws IOException {
        if (input.byteSize() == blockBytes) {
            whole = compressor.frame(output, input);
        } else {
            beginParts();
            compressor.write(input);
        }
        content += (int) input.byteSize();
    }

    private void beginParts() throws IOException {
        if (content == 0) {
            compressor.begin(output.asSlice(FRONT));
        }
    }

    @Override
    public int finish(boolean last) throws IOException {
        if (whole > 0) {
            return whole;
        }
        beginParts();
        int length = compressor.finish();
        if (FrameHeader.addContentSize(output.asByteBuffer(), content)) {
            return length + FRONT;
        }
        MemorySegment.copy(output, FRONT, output, 0, length);
        return length;
    }

    @Override
    public void close() {
        compressor.close();
    }
}
