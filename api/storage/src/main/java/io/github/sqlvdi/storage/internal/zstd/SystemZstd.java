package io.github.sqlvdi.storage.internal.zstd;

import io.github.sqlvdi.storage.internal.zstd.bindings.ZSTD_inBuffer_s;
import io.github.sqlvdi.storage.internal.zstd.bindings.ZSTD_outBuffer_s;
import io.github.sqlvdi.storage.internal.zstd.bindings.Zstd;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/** The system's libzstd. The calls are ordinary downcalls: a critical one would hold back the JVM's safepoints for a frame. */
final class SystemZstd implements ZstdLibrary {

    @Override
    public String description() {
        return "libzstd " + Zstd.ZSTD_versionString().getString(0);
    }

    @Override
    public ZstdCompressor compressor(int level, int windowLog) throws IOException {
        return new Compressor(level, windowLog);
    }

    @Override
    public ZstdDecompressor decompressor(int windowLogMax) throws IOException {
        return new Decompressor(windowLogMax);
    }

    private static long check(long result) throws IOException {
        if (Zstd.ZSTD_isError(result) != 0) {
            throw new IOException("zstd: " + Zstd.ZSTD_getErrorName(result).getString(0));
        }
        return result;
    }

    /** The structures through which a context gets its buffers. */
    private static class Buffers {

        // An automatic arena: memory of a shared arena would double the cost of each call.
        final MemorySegment in = Arena.ofAuto().allocate(ZSTD_inBuffer_s.layout());
        final MemorySegment out = Arena.ofAuto().allocate(ZSTD_outBuffer_s.layout());

        final void input(MemorySegment bytes, long size) {
            ZSTD_inBuffer_s.src(in, bytes);
            ZSTD_inBuffer_s.size(in, size);
            ZSTD_inBuffer_s.pos(in, 0);
        }

        final void output(MemorySegment bytes, long size) {
            ZSTD_outBuffer_s.dst(out, bytes);
            ZSTD_outBuffer_s.size(out, size);
            ZSTD_outBuffer_s.pos(out, 0);
        }
    }

    private static final class Compressor extends Buffers implements ZstdCompressor {

        private MemorySegment context;

        Compressor(int level, int windowLog) throws IOException {
            context = Zstd.ZSTD_createCCtx();
            if (context.address() == 0) {
                throw new IOException("zstd has no memory for a compressor");
            }
            try {
                check(Zstd.ZSTD_CCtx_setParameter(context, Zstd.ZSTD_c_compressionLevel(), level));
                check(Zstd.ZSTD_CCtx_setParameter(context, Zstd.ZSTD_c_windowLog(), windowLog));
                check(Zstd.ZSTD_CCtx_setParameter(context, Zstd.ZSTD_c_checksumFlag(), 1));
            } catch (IOException refused) {
                close();
                throw refused;
            }
        }

        @Override
        public int frame(MemorySegment output, MemorySegment input) throws IOException {
            begin(output);
            input(input, input.byteSize());
            return end();
        }

        @Override
        public void begin(MemorySegment output) throws IOException {
            check(Zstd.ZSTD_CCtx_reset(context, Zstd.ZSTD_reset_session_only()));
            output(output, output.byteSize());
        }

        @Override
        public void write(MemorySegment input) throws IOException {
            input(input, input.byteSize());
            while (ZSTD_inBuffer_s.pos(in) < input.byteSize()) {
                long before = ZSTD_inBuffer_s.pos(in);
                check(Zstd.ZSTD_compressStream2(context, out, in, Zstd.ZSTD_e_continue()));
                if (ZSTD_inBuffer_s.pos(in) == before) {
                    throw new IOException("zstd does not go on: the output has no room left");
                }
            }
        }

        @Override
        public int finish() throws IOException {
            input(MemorySegment.NULL, 0);
            return end();
        }

        private int end() throws IOException {
            long left = check(Zstd.ZSTD_compressStream2(context, out, in, Zstd.ZSTD_e_end()));
            if (left != 0) {
                throw new IOException("zstd does not end the frame: the output has no room left");
            }
            return (int) ZSTD_outBuffer_s.pos(out);
        }

        @Override
        public long memory() {
            return Zstd.ZSTD_sizeof_CCtx(context);
        }

        @Override
        public void close() {
            if (context.address() != 0) {
                Zstd.ZSTD_freeCCtx(context);
                context = MemorySegment.NULL;
            }
        }
    }

    private static final class Decompressor extends Buffers implements ZstdDecompressor {

        private MemorySegment context;

        Decompressor(int windowLogMax) throws IOException {
            context = Zstd.ZSTD_createDCtx();
            if (context.address() == 0) {
                throw new IOException("zstd has no memory for a decompressor");
            }
            try {
                check(Zstd.ZSTD_DCtx_setParameter(context, Zstd.ZSTD_d_windowLogMax(), windowLogMax));
            } catch (IOException refused) {
                close();
                throw refused;
            }
        }

        @Override
        public long frame(MemorySegment target, MemorySegment frame) throws IOException {
            return check(Zstd.ZSTD_decompressDCtx(context, target, target.byteSize(), frame, frame.byteSize()));
        }

        @Override
        public boolean stream(ByteBuffer target, ByteBuffer source) throws IOException {
            MemorySegment from = MemorySegment.ofBuffer(source);
            MemorySegment to = MemorySegment.ofBuffer(target);
            input(from, from.byteSize());
            output(to, to.byteSize());
            long hint = check(Zstd.ZSTD_decompressStream(context, out, in));
            source.position(source.position() + (int) ZSTD_inBuffer_s.pos(in));
            target.position(target.position() + (int) ZSTD_outBuffer_s.pos(out));
            return hint == 0;
        }

        @Override
        public void close() {
            if (context.address() != 0) {
                Zstd.ZSTD_freeDCtx(context);
                context = MemorySegment.NULL;
            }
        }
    }
}
