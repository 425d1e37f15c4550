package io.github.sqlvdi.client;

import io.github.sqlvdi.CompletionCodes;
import io.github.sqlvdi.Features;
import io.github.sqlvdi.VdiConfig;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** The example of the package's documentation, compiled and run by the tests. */
public final class ClientExample {

    private ClientExample() {
    }

    // @start region="backup"
    /** Stores what {@code BACKUP ... TO VIRTUAL_DEVICE='name'} sends. The statement runs on another thread. */
    public static void storeBackup(String name, Runnable startStatement, BooleanSupplier statementRuns,
            WritableByteChannel target) throws IOException {
        VdiConfig asked = VdiConfig.builder().features(Features.REQUEST_COMPLETE).build();
        try (VirtualDeviceSet set = VirtualDeviceSet.builder(name).config(asked).create()) {
            startStatement.run();
            while (set.awaitConfiguration(Duration.ofSeconds(1)).isEmpty()) {
                if (!statementRuns.getAsBoolean()) {
                    throw new IOException("the statement failed before it opened set " + name);
                }
            }
            VirtualDevice device = set.openDevice(name);
            while (device.getCommand() == CommandResult.COMMAND) {
                Command command = device.command();
                switch (command.code()) {
                    case WRITE -> {
                        ByteBuffer data = command.buffer(); // the server's own pages, no copy
                        while (data.hasRemaining()) {
                            target.write(data);
                        }
                        command.complete();
                    }
                    case CLEAR_ERROR, FLUSH, COMPLETE -> command.complete(); // a file would be forced to the disk here
                    default -> command.fail(CompletionCodes.NOT_SUPPORTED);
                }
            }
        } // whether the backup is good is for the statement to say
    }
    // @end
}
