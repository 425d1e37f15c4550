package io.github.sqlvdi.emulator.internal.statements;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** A RESTORE of any kind with DISK devices: reads one backup set of each file. */
final class DiskRestore extends DiskStatement {

    private final List<? extends WritableByteChannel> targets;

    DiskRestore(Media media, List<? extends WritableByteChannel> targets) {
        super(media);
        this.targets = targets;
    }

    @Override
    int position() {
        return media.position();
    }

    @Override
    void copyAll() throws DiskException {
        for (int index = 0; index < targets.size(); index++) {
            String name = media.names().get(index);
            try {
                restore(media.files().get(index), name, targets.get(index));
            } catch (NoSuchFileException missing) {
                throw new DiskException(DiskException.CANNOT_OPEN, "Cannot open backup device '%s'. Operating system "
                        + "error 2(The system cannot find the file specified.).", name);
            } catch (IOException failure) {
                throw new DiskException(DiskException.READ_FAILED, "Read on \"%s\" failed: %s", name, failure);
            }
        }
    }

    private void restore(Path file, String name, WritableByteChannel target) throws IOException, DiskException {
        List<DiskSets.Place> sets = DiskSets.find(file, position()).sets();
        if (sets.size() < position() && position() > 1) {
            throw new DiskException(DiskException.NO_SUCH_FILE,
                    "The file ID %d on device '%s' is incorrectly formed and can not be read.", position(), name);
        }
        if (!sets.isEmpty()) { // the reader of the stream tells that an empty file has none
            DiskSets.Place set = sets.get(position() - 1);
            try (FileChannel channel = FileChannel.open(file)) {
                copy(channel.position(set.begin()), target, set.length());
            }
        }
    }
}
