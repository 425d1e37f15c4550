package io.github.sqlvdi.codec;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executor;

/** Finds the codecs of a stream by its content, one inside the other: age over zstd, for example. */
public final class Decoders {

    /** More formats inside each other than anybody writes; a forged file must not make any number of decoders. */
    private static final int MAX_FORMATS = 8;

    private Decoders() {
    }

    /**
     * A stream whose formats were found.
     *
     * @param plain the decoded stream; closing it closes the encoded one
     * @param formats the names of the formats, the outermost first; none for a plain stream
     */
    public record Decoded(ReadableByteChannel plain, List<String> formats) {
    }

    /**
     * Decodes a stream until no codec recognizes what is left.
     *
     * @param encoded the stream, in blocking mode, from its first byte. Owned by the result; closed if this method throws
     * @param codecs the formats that may be found
     * @param workers decode independent parts of the stream; see {@link Codec#decode}
     * @return the decoded stream
     * @throws IOException if reading fails, the head of the stream is refused, a format is not available here, or more
     *     than {@value #MAX_FORMATS} formats are inside each other
     */
    public static Decoded decode(ReadableByteChannel encoded, List<Codec> codecs, Executor workers) throws IOException {
        int most = codecs.stream().mapToInt(Codec::headBytes).max().orElse(0);
        List<String> formats = new ArrayList<>();
        ReadableByteChannel stream = encoded;
        try {
            while (true) {
                ByteBuffer head = ByteBuffer.allocate(most);
                try {
                    read(stream, head);
                } catch (IOException damaged) {
                    if (formats.isEmpty()) {
                        throw damaged;
                    }
                    // The reader of the stream gets what comes before the damage, and then the failure.
                    return new Decoded(new HeadedChannel(head.flip(), stream, Optional.of(damaged)),
                            List.copyOf(formats));
                }
                head.flip();
                stream = new HeadedChannel(head, stream, Optional.empty());
                Optional<Codec> codec = codecs.stream().filter(it -> it.recognizes(head.duplicate())).findFirst();
                if (codec.isEmpty()) {
                    return new Decoded(stream, List.copyOf(formats));
                }
                if (formats.size() == MAX_FORMATS) {
                    throw new IOException(String.format(Locale.ROOT,
                            "The stream has more than %d formats inside each other: %s, %s", MAX_FORMATS,
                            String.join(", ", formats), codec.get().name()));
                }
                formats.add(codec.get().name());
                stream = codec.get().decode(stream, workers);
            }
        } catch (IOException | RuntimeException | Error failure) {
            try {
                stream.close();
            } catch (IOException unclosed) {
                failure.addSuppressed(unclosed);
            }
            throw failure;
        }
    }

    private static void read(ReadableByteChannel stream, ByteBuffer head) throws IOException {
        while (head.hasRemaining()) {
            int before = head.position();
            if (stream.read(head) < 0) {
                return;
            }
            if (head.position() == before) {
                throw new IOException("The channel " + stream + " gave none of the bytes asked for");
            }
        }
    }
}
