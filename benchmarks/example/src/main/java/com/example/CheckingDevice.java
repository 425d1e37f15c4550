package com.example;

import io.github.sqlvdi.CompletionCodes;
import io.github.sqlvdi.VdiConfig;
import io.github.sqlvdi.client.Command;
import io.github.sqlvdi.stream.CommandHandler;
import io.github.sqlvdi.stream.JobDevice;
import java.util.zip.CRC32C;

/** A device that stores nothing: it computes the CRC32C of the backup where the data lies. */
public final class CheckingDevice implements JobDevice {

    @Override
    public CommandHandler open(VdiConfig agreed) {
        return new Handler();
    }

    private static final class Handler implements CommandHandler {

        private final CRC32C checksum = new CRC32C();
        private volatile long bytes;

        @Override
        public void handle(Command command) {
            switch (command.code()) {
                case WRITE -> {
                    int size = command.size();
                    checksum.update(command.buffer());
                    command.complete();
                    bytes += size; // one thread writes it
                }
                case FLUSH, COMPLETE, CLEAR_ERROR -> command.complete();
                default -> command.complete(CompletionCodes.NOT_SUPPORTED, 0);
            }
        }

        @Override
        public long bytesTransferred() {
            return bytes;
        }
    }
}
