package io.github.sqlvdi.storage.s3;

import io.github.sqlvdi.storage.store.WriteOptions;
import io.github.sqlvdi.stream.BackupTarget;
import io.github.sqlvdi.stream.FileSeal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32C;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * An object of S3 as the target of a backup.
 *
 * <pre>
 *   begin        looks whether the name is free, creates an upload: missing bucket or right is found here
 *   channel      parts, sent while the next one is filled
 *   finish       completes the upload; the object is there when the server gets its answer to VDC_Complete
 *   undo         aborts the upload, or deletes the object that this target made, and no other
 * </pre>
 *
 * <p><b>A new object</b> gets its name at {@link #finish()}, on the condition that the name is free (If-None-Match). Of two
 * targets of one name the second to finish fails. Until the verdict the object has no manifest.
 *
 * <p><b>A replacing object</b> is completed as {@code KEY.unconfirmed-XXXXXXXX}. {@link #keep()} copies it to its name within
 * the store and deletes the first copy. Completing is what replaces an object, and the backup must be whole in the store before
 * VDC_Complete is answered; but before the verdict the old object may not go. So there must be two names. An upload that is
 * completed only after the verdict would need no copy; but if the program ended before that, the only backup of a truncated log
 * would be the parts of an open upload, which the next clean-up aborts.
 *
 * <p>Content of less than a part is an upload of one part too, and no single PUT. It needs no more requests, and it can be taken
 * back: once an upload is aborted, a request to complete it that is still on its way fails. A PUT whose answer did not come in
 * time may make its object later, when nobody removes it any more.
 */
final class S3Target implements BackupTarget {

    private final S3Object named;
    private final S3Object written;
    private final WriteOptions options;
    private final S3Settings settings;
    private final PartPool pool;
    private final OpenUploads openUploads;
    private final String owner = UUID.randomUUID().toString();
    private final CRC32C crc = new CRC32C();
    private long bytes;
    private MultipartUpload upload;
    private boolean uploadEnded;
    private boolean mayExist;
    private boolean finished;
    private boolean settled;
    private boolean interrupted;

    S3Target(S3Object named, WriteOptions options, S3Settings settings, PartPool pool) {
        this.named = named;
        this.written = options.replacing() ? named.sibling(unconfirmed()) : named;
        this.options = options;
        this.settings = settings;
        this.pool = pool;
        this.openUploads = new OpenUploads(named.client());
    }

    private String unconfirmed() {
        return named.key() + ".unconfirmed-" + owner.substring(0, 8);
    }

    @Override
    public void begin() throws IOException {
        requireFree(named, options);
        openUploads.abortAbandoned(named, settings.abandoned());
        upload = MultipartUpload.create(written, owner, settings, pool, options.expectedBytes());
    }

    static void requireFree(S3Object object, WriteOptions options) throws IOException {
        if (object.exists() && !options.replacing()) {
            throw taken(object, null);
        }
    }

    static FileAlreadyExistsException taken(S3Object object, Throwable cause) {
        return taken(object, "exists already", cause);
    }

    /** The store refused a name that has no object. Some stores do so where its newest version is a delete marker. */
    private static FileAlreadyExistsException marked(S3Object object, Throwable cause) {
        return taken(object, "was deleted, and this store takes what the deletion left for an object", cause);
    }

    private static FileAlreadyExistsException taken(S3Object object, String reason, Throwable cause) {
        FileAlreadyExistsException taken = new FileAlreadyExistsException(object.toString(), null,
                reason + ": choose another name, or ask for its replacement");
        taken.initCause(cause);
        return taken;
    }

    @Override
    public WritableByteChannel channel() {
        return new Content();
    }

    @Override
    public void finish() throws IOException {
        if (finished) {
            return;
        }
        requireNotInterrupted();
        upload.sendRest();
        mayExist = true;
        try {
            upload.complete(!options.replacing());
        } catch (IOException failure) {
            requireOwn(failure);
        }
        uploadEnded = true;
        finished = true;
    }

    /**
     * Goes on if the object is there in spite of the failure: if the answer of the store is lost, the SDK asks again, and is told
     * that the upload is gone or the name taken.
     */
    private void requireOwn(IOException failure) throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            throw failure;
        }
        Optional<HeadObjectResponse> found;
        try {
            found = written.head();
        } catch (IOException unknown) {
            failure.addSuppressed(unknown);
            throw failure;
        }
        if (found.filter(it -> S3Object.isOf(owner, it) && it.contentLength() == bytes).isPresent()) {
            return;
        }
        if (failure instanceof S3RefusalException refusal && refusal.isPreconditionFailed()) {
            throw found.isPresent() ? taken(named, failure) : marked(named, failure);
        }
        throw failure;
    }

    /** Reads the finished object back from the store. */
    @Override
    public Optional<ReadableByteChannel> readBack() throws IOException {
        String etag =
                written.ownedBy(owner).orElseThrow(() -> new IOException(written + " is gone, or was replaced")).eTag();
        return Optional.of(new RangeReader(written, etag, bytes, settings, pool));
    }

    @Override
    public void keep() throws IOException {
        finish();
        settled = true;
        if (!options.replacing()) {
            return;
        }
        try {
            new ObjectCopy(written, named, settings).run(owner, bytes);
        } catch (IOException failure) {
            throw new IOException(named + " could not be replaced, the new content is in " + written + ": "
                    + failure.getMessage(), failure);
        }
        written.deleteOwn(owner);
    }

    @Override
    public void undo() throws IOException {
        if (settled) {
            return;
        }
        settled = true;
        try {
            if (upload != null && !uploadEnded) {
                upload.abort();
            }
        } finally {
            if (mayExist) {
                written.deleteOwn(owner);
            }
        }
    }

    /** Gives finished content the name {@code KEY.unconfirmed-XXXXXXXX}. If that fails it stays where it is. */
    @Override
    public Optional<String> leave() throws IOException {
        if (settled || !finished) {
            undo();
            return Optional.empty();
        }
        settled = true;
        if (options.replacing()) {
            return Optional.of(written.toString());
        }
        S3Object left = named.sibling(unconfirmed());
        try {
            new ObjectCopy(written, left, settings).run(owner, bytes);
            written.deleteOwn(owner);
        } catch (IOException failure) {
            return Optional
                    .of(written + " (it could not be renamed to " + left.name() + ": " + failure.getMessage() + ")");
        }
        return Optional.of(left.toString());
    }

    @Override
    public Optional<Object> identity() {
        return Optional.of(List.of(named.client(), named.bucket(), named.key()));
    }

    @Override
    public String name() {
        return named.name();
    }

    @Override
    public Optional<FileSeal> seal() {
        return finished ? Optional.of(new FileSeal(bytes, (int) crc.getValue())) : Optional.empty();
    }

    @Override
    public Optional<BackupTarget> manifest() {
        return Optional.of(new S3Manifest(named.sibling(named.key() + S3Manifest.SUFFIX), options, settings));
    }

    @Override
    public long memory() {
        return settings.memoryBytes();
    }

    private void requireNotInterrupted() throws IOException {
        if (interrupted || Thread.currentThread().isInterrupted()) {
            interrupted = true;
            throw S3Calls.interrupted("Writing " + named);
        }
    }

    private final class Content implements WritableByteChannel {

        @Override
        public int write(ByteBuffer source) throws IOException {
            if (finished || settled) {
                throw new ClosedChannelException();
            }
            requireNotInterrupted();
            int start = source.position();
            upload.write(source);
            int count = source.position() - start;
            crc.update(source.duplicate().position(start).limit(start + count));
            bytes += count;
            return count;
        }

        @Override
        public boolean isOpen() {
            return !finished && !settled;
        }

        @Override
        public void close() {
            // only finish() completes the object: closing says nothing about success
        }
    }
}
