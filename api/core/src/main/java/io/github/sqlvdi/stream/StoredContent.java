package io.github.sqlvdi.stream;

import io.github.sqlvdi.codec.Decoders;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.ReadableByteChannel;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The decoded bytes of a {@link StoredStream}. Its failures name the content. For one thread at a time. */
public final class StoredContent implements ReadableByteChannel {

    private final BackupSource source;
    private final CountedSource stored;
    private final Decoders.Decoded decoded;
    /** Whether {@link #close()} leaves the source open, because its content can be read only once. */
    private final boolean lent;

    StoredContent(BackupSource source, CountedSource stored, Decoders.Decoded decoded, boolean lent) {
        this.source = source;
        this.stored = stored;
        this.decoded = decoded;
        this.lent = lent;
    }

    /** Opens a source; closes it after a failure. */
    static StoredContent open(BackupSource source, Optional<Pipeline> pipeline, Consumer<? super Channel> opened)
            throws IOException {
        try {
            source.begin();
            ReadableByteChannel channel = source.channel();
            opened.accept(channel);
            CountedSource stored = new CountedSource(channel);
            return new StoredContent(source, stored, pipeline.isPresent() ? pipeline.get().decode(stored)
                    : new Decoders.Decoded(stored, List.of()), false);
        } catch (IOException failure) {
            closeAfter(failure, source);
            throw IoFailures.named(source.name(), failure);
        } catch (RuntimeException | Error failure) {
            closeAfter(failure, source);
            throw failure;
        }
    }

    private static void closeAfter(Throwable failure, BackupSource source) {
        try {
            source.close();
        } catch (IOException unclosed) {
            failure.addSuppressed(unclosed);
        }
    }

    /** {@return the names of the formats around the stream, the outermost first; none for a plain stream} */
    public List<String> formats() {
        return decoded.formats();
    }

    /** {@return whether a read of the stored bytes themselves failed, so that the content is not to blame} */
    public boolean isUnreadable() {
        return stored.failed();
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        try {
            return decoded.plain().read(target);
        } catch (IOException failure) {
            throw IoFailures.named(source.name(), failure);
        }
    }

    @Override
    public boolean isOpen() {
        return decoded.plain().isOpen();
    }

    @Override
    public void close() throws IOException {
        if (!lent) {
            try (source) {
                decoded.plain().close();
            }
        }
    }

    BackupSource source() {
        return source;
    }

    CountedSource stored() {
        return stored;
    }

    /** {@return the same content with other decoded bytes, whose end does not close the source} */
    StoredContent lend(ReadableByteChannel plain) {
        return new StoredContent(source, stored, new Decoders.Decoded(plain, decoded.formats()), true);
    }
}
