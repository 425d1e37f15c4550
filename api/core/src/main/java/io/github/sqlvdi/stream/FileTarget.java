package io.github.sqlvdi.stream;

import io.github.sqlvdi.VdiConfig;
import java.io.IOException;
import java.nio.file.Path;

/** A pipe-like device over a file that gets its name on success. */
final class FileTarget implements JobDevice {

    private final Path path;
    private TargetFile file;

    FileTarget(Path path) {
        this.path = path;
    }

    @Override
    public void prepare() throws IOException {
        file = TargetFile.create(path);
    }

    @Override
    public CommandHandler open(VdiConfig agreed) {
        return PipeDevice.writing(file.channel());
    }

    @Override
    public void finish(boolean succeeded) throws IOException {
        if (succeeded) {
            file.commit();
        } else if (file != null) {
            file.close();
        }
    }
}
