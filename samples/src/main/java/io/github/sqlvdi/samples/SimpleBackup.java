package io.github.sqlvdi.samples;

import io.github.sqlvdi.CompletionCodes;
import io.github.sqlvdi.client.Command;
import io.github.sqlvdi.client.CommandResult;
import io.github.sqlvdi.client.VirtualDevice;
import io.github.sqlvdi.client.VirtualDeviceSet;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/** The smallest backup client: one pipe-like device, whose bytes go into a file. */
public final class SimpleBackup {

    private SimpleBackup() {
    }

    /**
     * Waits for a backup and stores it.
     *
     * @param arguments the name of the device set and the file, which must not exist
     * @throws IOException if the file cannot be written; closing the set then aborts the statement
     */
    public static void main(String... arguments) throws IOException {
        if (arguments.length != 2) {
            throw new IllegalArgumentException("expected two arguments: the name of the device set, the file to write");
        }
        String name = arguments[0];
        try (VirtualDeviceSet set = VirtualDeviceSet.builder(name).create();
                FileChannel file = FileChannel.open(Path.of(arguments[1]), StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.WRITE)) {
            System.out.println("Now execute: BACKUP DATABASE ... TO VIRTUAL_DEVICE = '" + name + "'");
            set.awaitConfiguration(Duration.ofMinutes(10))
                    .orElseThrow(() -> new IOException("no statement opened the device set within ten minutes"));
            store(set.openDevice(name), file);
            System.out.println("The device is closed; whether the backup is good is what the statement says.");
        }
    }

    private static void store(VirtualDevice device, FileChannel file) throws IOException {
        while (device.getCommand() == CommandResult.COMMAND) {
            Command command = device.command();
            switch (command.code()) {
                case WRITE -> {
                    ByteBuffer data = command.buffer(); // the very pages the server filled
                    while (data.hasRemaining()) {
                        file.write(data);
                    }
                    command.complete();
                }
                case FLUSH -> {
                    file.force(true);
                    command.complete();
                }
                default -> command.fail(CompletionCodes.NOT_SUPPORTED);
            }
        }
    }
}
