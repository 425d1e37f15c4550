package io.github.sqlvdi.internal.engine.host.linux;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A set's folder that this process has joined.
 *
 * @param file the folder
 * @param path where it was published when this process joined
 */
record JoinedFolder(OpenFile file, Path path) implements SetFolder {

    @Override
    public void withdraw() {}

    /** After a killed primary nobody but the members is there to clear up. */
    @Override
    public void leave() throws IOException {
        try (file) {
            if (file.isAt(path) && !Sweeper.isLive(file)) {
                Sweeper.sweep(path);
            }
        }
    }
}
