package io.github.sqlvdi.internal.engine.host.linux;

import io.github.sqlvdi.internal.engine.host.members.SetRecord;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Reads and writes a set's record: the file {@value #NAME} in the set's folder. */
final class RecordFile {

    static final String NAME = "record";

    private RecordFile() {}

    static void write(SetRecord set, Path folder) throws IOException {
        ByteBuffer bytes = set.encode();
        try (SeekableByteChannel file = Files.newByteChannel(folder.resolve(NAME),
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
        } catch (FileSystemException e) {
            throw e; // it names the file
        } catch (IOException e) {
            throw new IOException("the record of the device set \"" + set.name() + "\" cannot be written into "
                    + folder.toRealPath() + ": " + e.getMessage(), e);
        }
    }

    /**
     * Reads the record of a set's folder.
     *
     * @throws NoSuchFileException if there is none
     * @throws IOException if it is not a record of this version; the message says what is wrong
     */
    static SetRecord read(Path folder) throws IOException {
        Path path = folder.resolve(NAME);
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new NoSuchFileException(path.toString());
        }
        try (InputStream file = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS)) {
            return SetRecord.parse(file.readNBytes(SetRecord.MAX_BYTES + 1));
        }
    }
}
