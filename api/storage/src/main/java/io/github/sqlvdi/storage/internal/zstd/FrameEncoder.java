package io.github.sqlvdi.storage.internal.zstd;

import io.github.sqlvdi.codec.BlockEncoder;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/** Makes each block a frame with its content's size and checksum. */
final class FrameEncoder implements BlockEncoder {

    /** The room in front of the frame, for the size of its content. */
    static final int FRONT = 4;

    private final ZstdCompressor compressor;
    private MemorySegment output = MemorySegment.NULL;
    private int content;

    FrameEncoder(ZstdCompressor compressor) {
        this.compressor = compressor;
    }

    @Override
    public void begin(long index, MemorySegment target) throws IOException {
        output = target;
        content = 0;
        compressor.begin(target.asSlice(FRONT));
    }

    @Override
    public void write(MemorySegment input) throws IOException {
        compressor.write(input);
        content += (int) input.byteSize();
    }

    @Override
    public int finish(boolean last) throws IOException {
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
