package io.github.sqlvdi.emulator.internal.statements;

import java.nio.file.Path;
import java.util.List;

/**
 * The devices of a statement, all of one class.
 *
 * @param names their names, as the statement has them
 * @param files the files of DISK devices; empty for virtual devices
 * @param position which backup set of the media is read, from 1
 */
record Media(List<String> names, List<Path> files, int position) {

    private static final int DISK = 2;
    private static final int VIRTUAL_DEVICE = 7;

    /** The same media at another backup set. */
    Media at(int set) {
        return new Media(names, files, set);
    }

    boolean onDisk() {
        return !files.isEmpty();
    }

    /** The number of the class in msdb and in RESTORE HEADERONLY. */
    int deviceType() {
        return onDisk() ? DISK : VIRTUAL_DEVICE;
    }

    int count() {
        return names.size();
    }

    String first() {
        return names.getFirst();
    }
}
