package io.github.sqlvdi.storage.s3;

import io.github.sqlvdi.storage.store.WriteOptions;
import io.github.sqlvdi.stream.BackupTarget;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.UUID;

/** The manifest beside an object: a small text, written by one PUT when the backup is kept. */
final class S3Manifest implements BackupTarget {

    static final String SUFFIX = ".manifest";

    private static final int MOST_BYTES = 16 << 20;

    private final S3Object object;
    private final WriteOptions options;
    private final S3Settings settings;
    private final String owner = UUID.randomUUID().toString();
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();

    S3Manifest(S3Object object, WriteOptions options, S3Settings settings) {
        this.object = object;
        this.options = options;
        this.settings = settings;
    }

    @Override
    public void begin() throws IOException {
        S3Target.requireFree(object, options);
    }

    @Override
    public WritableByteChannel channel() {
        return new WritableByteChannel() {
            @Override
            public int write(ByteBuffer source) throws IOException {
                int count = source.remaining();
                if (text.size() + count > MOST_BYTES) {
                    throw new IOException(object + " would be larger than a manifest may be: 16 MiB");
                }
                while (source.hasRemaining()) {
                    text.write(source.get());
                }
                return count;
            }

            @Override
            public boolean isOpen() {
                return true;
            }

            @Override
            public void close() {
                // keep() writes the object
            }
        };
    }

    @Override
    public void finish() {
        // keep() writes the object
    }

    @Override
    public void keep() throws IOException {
        Part part = new Part();
        ByteBuffer bytes = ByteBuffer.wrap(text.toByteArray());
        part.add(ByteBuffer.allocate(bytes.remaining()));
        part.fill(bytes, bytes.remaining());
        try {
            put(part);
        } catch (IOException failure) {
            if (object.ownedBy(owner).isEmpty()) {
                throw failure instanceof S3RefusalException refusal && refusal.isPreconditionFailed()
                        ? S3Target.taken(object, failure)
                        : failure;
            }
        }
    }

    private void put(Part part) throws IOException {
        String checksum = part.checksum();
        S3Calls.await(object.client().putObject(it -> {
            it.bucket(object.bucket()).key(object.key()).contentLength(part.bytes()).checksumCRC32(checksum)
                    .metadata(S3Object.metadata(owner))
                    .overrideConfiguration(one -> one.apiCallAttemptTimeout(settings.timeoutFor(part.bytes()))
                            .apiCallTimeout(settings.timeoutFor(part.bytes()).multipliedBy(10)));
            if (!options.replacing()) {
                it.ifNoneMatch("*");
            }
        }, part.body()), "Writing " + object);
    }

    @Override
    public void undo() {
        // nothing was written
    }

    @Override
    public void removeReplaced() throws IOException {
        if (options.replacing()) {
            object.delete();
        }
    }

    @Override
    public String name() {
        return object.name();
    }
}
