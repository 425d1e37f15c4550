package io.github.sqlvdi.benchmarks.backup;

import io.github.sqlvdi.benchmarks.DeviceClass;
import io.github.sqlvdi.stream.JobResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A backup to a device of the user's own, which knows itself where the bytes go.
 *
 * @param device its class
 */
record DeviceCopy(DeviceClass device) implements Copy {

    @Override
    public String label() {
        return device.label();
    }

    @Override
    public void run(Path source, Path target) throws IOException {
        JobResult result = FileCopy.backup(source, device.make(), true);
        if (result.bytes() != 0 && result.bytes() != Files.size(source)) { // 0: the device does not count
            throw new IOException(device + " says that it took " + result.bytes() + " bytes of " + Files.size(source));
        }
    }

    @Override
    public boolean writesTarget() {
        return false;
    }
}
