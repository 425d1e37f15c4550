package io.github.sqlvdi.storage.internal.zstd;

import com.github.luben.zstd.EndDirective;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import com.github.luben.zstd.util.Native;
import com.github.luben.zstd.util.ZstdVersion;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/** zstd-jni, an optional dependency: the only class that uses it. */
final class JniZstd implements ZstdLibrary {

    /** Whether the library of zstd-jni can be loaded; throws a LinkageError if its classes are missing. */
    static boolean isHere() {
        Native.load();
        return Native.isLoaded();
    }

    @Override
    public String description() {
        return "zstd-jni " + ZstdVersion.VERSION;
    }

    @Override
    public ZstdCompressor compressor(int level, int windowLog) {
        return new Compressor(new ZstdCompressCtx(), level, windowLog);
    }

    @Override
    public ZstdDecompressor decompressor(int windowLogMax) {
        return new Decompressor(new ZstdDecompressCtx().setLongMax(windowLogMax));
    }

    private static IOException failure(ZstdException thrown) {
        return new IOException("zstd: " + thrown.getMessage(), thrown);
    }

    private static final class Compressor implements ZstdCompressor {

        private static final ByteBuffer NONE = ByteBuffer.allocateDirect(0);

        private final ZstdCompressCtx context;
        private final int level;
        private final int windowLog;
        private ByteBuffer output;

        Compressor(ZstdCompressCtx context, int level, int windowLog) {
            this.context = context;
            this.level = level;
            this.windowLog = windowLog;
        }

        @Override
        public int frame(MemorySegment target, MemorySegment input) throws IOException {
            begin(target);
            return end(input.asByteBuffer());
        }

        @Override
        public void begin(MemorySegment target) throws IOException {
            try {
                context.reset(); // also takes the parameters back
                context.setLevel(level).setWindowLog(windowLog).setChecksum(true);
            } catch (ZstdException refused) {
                throw failure(refused);
            }
            output = target.asByteBuffer();
        }

        @Override
        public void write(MemorySegment input) throws IOException {
            ByteBuffer bytes = input.asByteBuffer();
            while (bytes.hasRemaining()) {
                compress(bytes, EndDirective.CONTINUE);
            }
        }

        @Override
        public int finish() throws IOException {
            return end(NONE);
        }

        private int end(ByteBuffer rest) throws IOException {
            if (!compress(rest, EndDirective.END)) {
                throw new IOException("zstd does not end the frame: the output has no room left");
            }
            return output.position();
        }

        private boolean compress(ByteBuffer bytes, EndDirective end) throws IOException {
            int before = bytes.remaining();
            try {
                boolean flushed = context.compressDirectByteBufferStream(output, bytes, end);
                if (before > 0 && bytes.remaining() == before) {
                    throw new IOException("zstd does not go on: the output has no room left");
                }
                return flushed;
            } catch (ZstdException refused) {
                throw failure(refused);
            }
        }

        @Override
        public long memory() {
            return 0;
        }

        @Override
        public void close() {
            context.close();
        }
    }

    private static final class Decompressor implements ZstdDecompressor {

        private final ZstdDecompressCtx context;

        Decompressor(ZstdDecompressCtx context) {
            this.context = context;
        }

        @Override
        public long frame(MemorySegment target, MemorySegment frame) throws IOException {
            try {
                return context.decompressDirectByteBuffer(target.asByteBuffer(), 0, (int) target.byteSize(),
                        frame.asByteBuffer(), 0, (int) frame.byteSize());
            } catch (ZstdException refused) {
                throw failure(refused);
            }
        }

        @Override
        public boolean stream(ByteBuffer target, ByteBuffer source) throws IOException {
            try {
                return context.decompressDirectByteBufferStream(target, source);
            } catch (ZstdException refused) {
                throw failure(refused);
            }
        }

        @Override
        public void close() {
            context.close();
        }
    }
}
