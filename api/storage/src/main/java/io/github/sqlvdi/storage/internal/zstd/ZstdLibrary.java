package io.github.sqlvdi.storage.internal.zstd;

import java.io.IOException;

/** An implementation of zstd: the system's libzstd, or zstd-jni. */
public interface ZstdLibrary {

    /**
     * Finds an implementation: {@code libzstd.so.1} of the system, else zstd-jni if it is on the class path or module path.
     *
     * @return the implementation
     * @throws IOException if there is none; the message says what to install
     */
    static ZstdLibrary find() throws IOException {
        return ZstdSearch.found();
    }

    /** {@return the implementation and its version, for people} */
    String description();

    /**
     * Makes a compressor of frames with checksums.
     *
     * @param level 1 to 19
     * @param windowLog the logarithm of the window to base 2
     * @return the compressor
     * @throws IOException if there is no memory for it
     */
    ZstdCompressor compressor(int level, int windowLog) throws IOException;

    /**
     * Makes a decompressor of frames.
     *
     * @param windowLogMax the logarithm to base 2 of the greatest window that it accepts
     * @return the decompressor
     * @throws IOException if there is no memory for it
     */
    ZstdDecompressor decompressor(int windowLogMax) throws IOException;
}
