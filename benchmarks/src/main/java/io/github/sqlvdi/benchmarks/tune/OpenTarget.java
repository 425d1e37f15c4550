package io.github.sqlvdi.benchmarks.tune;

import io.github.sqlvdi.benchmarks.DeviceClass;
import io.github.sqlvdi.benchmarks.server.BackupTo;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Where the backups of a search go, with what is removed at its end.
 *
 * @param target the target
 */
record OpenTarget(BackupTo target) implements AutoCloseable {

    static OpenTarget of(String name, DeviceClass device) throws IOException {
        if (device != null) {
            return new OpenTarget(new BackupTo.Own(device));
        }
        return new OpenTarget(
                name.equals("null") ? new BackupTo.Nowhere() : BackupTo.Folder.in(Path.of(name)));
    }

    @Override
    public void close() throws IOException {
        if (target instanceof BackupTo.Folder folder) {
            folder.remove();
        }
    }
}
