package io.github.sqlvdi.samples;

import io.github.sqlvdi.emulator.EmulatedServer;
import io.github.sqlvdi.stream.DeviceJob;
import io.github.sqlvdi.stream.JobException;
import io.github.sqlvdi.stream.JobResult;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** A whole backup job: statement, device and verdict in one place. The emulated server executes the statement. */
public final class FileBackup {

    private FileBackup() {
    }

    /**
     * Backs up a recorded stream into a file, which appears only when the server's verdict is good.
     *
     * @param arguments the name of the device set, the recorded stream, and the backup file
     * @throws IOException if the recorded stream cannot be read
     * @throws JobException if the backup is not good; the message names every failure
     */
    public static void main(String... arguments) throws IOException, JobException {
        if (arguments.length != 3) {
            throw new IllegalArgumentException("expected three arguments: the name of the device set, the recorded "
                    + "stream, the backup file");
        }
        String name = arguments[0];
        try (FileChannel data = FileChannel.open(Path.of(arguments[1]))) {
            JobResult result = DeviceJob.backup(name)
                    .device(Path.of(arguments[2]))
                    .statement(EmulatedServer.backup(name).source(data).build())
                    .build().run().orThrow();
            System.out.println("The backup is good: " + result.bytes() + " bytes in " + result.elapsed());
        }
    }
}
