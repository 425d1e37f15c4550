package io.github.sqlvdi.benchmarks;

import io.github.sqlvdi.CompletionCodes;
import io.github.sqlvdi.VdiConfig;
import io.github.sqlvdi.client.Command;
import io.github.sqlvdi.stream.CommandHandler;
import io.github.sqlvdi.stream.JobDevice;

/**
 * A device that completes each Write at once and does not touch its data: the most that any device can reach. It is also
 * the shortest example of a device for the option {@code --device}.
 */
public final class NullDevice implements JobDevice {

    /** Made by its name, see {@link DeviceClass}. */
    public NullDevice() {
    }

    @Override
    public CommandHandler open(VdiConfig agreed) {
        return new Handler();
    }

    private static final class Handler implements CommandHandler {

        private volatile long bytes;

        @Override
        public void handle(Command command) {
            switch (command.code()) {
                case WRITE -> {
                    bytes += command.size(); // one thread writes it
                    command.complete();
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
