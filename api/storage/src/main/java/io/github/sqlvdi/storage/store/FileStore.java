package io.github.sqlvdi.storage.store;

import io.github.sqlvdi.stream.BackupSource;
import io.github.sqlvdi.stream.BackupTarget;
import io.github.sqlvdi.stream.TargetFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Files as a store. What a killed backup leaves is a part file, which the next backup of its name removes. */
final class FileStore implements Store {

    @Override
    public BackupTarget target(StoreLocation place, WriteOptions options) {
        return options.replacing() ? TargetFile.replace(place.file()) : TargetFile.create(place.file());
    }

    @Override
    public BackupSource source(StoreLocation place) {
        return BackupSource.of(place.file());
    }

    @Override
    public List<StoredObject> list(StoreLocation prefix) throws IOException {
        List<StoredObject> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(prefix.file())) {
            for (Path file : files.sorted().toList()) {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                if (attributes.isRegularFile()) {
                    found.add(new StoredObject(new StoreLocation(StoreLocation.FILE, "", file.toString(), Map.of()),
                            attributes.size(), attributes.lastModifiedTime().toInstant()));
                }
            }
        }
        return found;
    }

    @Override
    public void delete(StoreLocation place) throws IOException {
        Files.deleteIfExists(place.file());
    }

    @Override
    public List<String> cleanUp(StoreLocation prefix, Duration olderThan) {
        return List.of();
    }

    @Override
    public void close() {
        // nothing is open
    }
}
