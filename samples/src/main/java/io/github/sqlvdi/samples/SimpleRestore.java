package io.github.sqlvdi.samples;

import io.github.sqlvdi.CommandCode;
import io.github.sqlvdi.CompletionCodes;
import io.github.sqlvdi.client.Command;
import io.github.sqlvdi.client.CommandResult;
import io.github.sqlvdi.client.VirtualDevice;
import io.github.sqlvdi.client.VirtualDeviceSet;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;

/** The smallest restore client: one pipe-like device, whose bytes come from a file. */
public final class SimpleRestore {

    private SimpleRestore() {
    }

    /**
     * Waits for a restore and serves it from the file.
     *
     * @param arguments the name of the device set and the file
     * @throws IOException if the file cannot be read; closing the set then aborts the statement
     */
    public static void main(String... arguments) throws IOException {
        if (arguments.length != 2) {
            throw new IllegalArgumentException("expected two arguments: the name of the device set, the file to read");
        }
        String name = arguments[0];
        try (VirtualDeviceSet set = VirtualDeviceSet.builder(name).create();
                FileChannel file = FileChannel.open(Path.of(arguments[1]))) {
            System.out.println("Now execute: RESTORE DATABASE ... FROM VIRTUAL_DEVICE = '" + name + "'");
            set.awaitConfiguration(Duration.ofMinutes(10))
                    .orElseThrow(() -> new IOException("no statement opened the device set within ten minutes"));
            supply(set.openDevice(name), file);
            System.out.println("The device is closed; whether the restore is good is what the statement says.");
        }
    }

    private static void supply(VirtualDevice device, FileChannel file) throws IOException {
        while (device.getCommand() == CommandResult.COMMAND) {
            Command command = device.command();
            if (command.code() != CommandCode.READ) {
                command.fail(CompletionCodes.NOT_SUPPORTED);
                continue;
            }
            ByteBuffer data = command.buffer(); // the very pages the server will read
            boolean ended = false;
            while (data.hasRemaining() && !ended) {
                ended = file.read(data) < 0;
            }
            command.complete(ended ? CompletionCodes.HANDLE_EOF : CompletionCodes.SUCCESS, data.position());
        }
    }
}
