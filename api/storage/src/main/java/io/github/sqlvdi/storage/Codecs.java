package io.github.sqlvdi.storage;

import io.github.sqlvdi.codec.Codec;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** The codecs of this artifact. */
public final class Codecs {

    private Codecs() {
    }

    /**
     * Finds the format of a stream.
     *
     * @param codecs the candidates
     * @param head the first bytes of the stream
     * @return the codec; empty if none of them recognizes the stream
     */
    public static Optional<Codec> recognize(List<Codec> codecs, ByteBuffer head) {
        return codecs.stream().filter(codec -> codec.recognizes(head)).findFirst();
    }
}
