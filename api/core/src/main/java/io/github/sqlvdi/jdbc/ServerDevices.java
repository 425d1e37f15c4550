package io.github.sqlvdi.jdbc;

import io.github.sqlvdi.stream.JobDevice;
import io.github.sqlvdi.stream.SnapshotHooks;
import io.github.sqlvdi.stream.StoredStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/**
 * The devices of a statement.
 *
 * @param make makes them
 * @param repeatable whether it makes new ones for each call; a device serves one statement
 */
record ServerDevices(Supplier<? extends List<? extends JobDevice>> make, boolean repeatable) {

    static ServerDevices of(List<? extends JobDevice> devices) {
        List<JobDevice> copy = List.copyOf(devices);
        return new ServerDevices(() -> copy, false);
    }

    static ServerDevices of(Supplier<? extends List<? extends JobDevice>> make) {
        return new ServerDevices(make, true);
    }

    static ServerDevices writing(Path... files) {
        List<Path> copy = List.of(files);
        return of(() -> copy.stream().map(JobDevice::toFile).toList());
    }

    /** Returns devices that read streams. They are made again if all of the streams can be read again. */
    static ServerDevices reading(List<StoredStream> streams) {
        List<StoredStream> copy = List.copyOf(streams);
        return new ServerDevices(() -> copy.stream().map(StoredStream::device).toList(),
                copy.stream().allMatch(StoredStream::isRepeatable));
    }

    static ServerDevices reading(Path... files) {
        List<Path> copy = List.of(files);
        return of(() -> copy.stream().map(JobDevice::fromFile).toList());
    }

    /** Returns devices that read the metadata of a snapshot. They are not made again: the mount happens once. */
    static ServerDevices mounting(SnapshotMount mount, Path... files) {
        SnapshotHooks hooks = new SnapshotHooks() {
            @Override
            public void snapshot() throws IOException {
                throw new IOException("a restore takes no snapshot");
            }

            @Override
            public void mountSnapshot() throws IOException, InterruptedException {
                mount.mount();
            }
        };
        return of(List.of(files).stream().map(file -> JobDevice.fromFile(file, hooks)).toList());
    }
}
