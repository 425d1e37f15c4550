package io.github.sqlvdi.samples.cli;

import io.github.sqlvdi.VdiConfig;
import io.github.sqlvdi.emulator.EmulatedServer;
import java.util.UUID;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of every command that executes a statement. */
final class JobOptions {

    private static final long TRANSFER_UNIT = 64 << 10;
    private static final long MAX_TRANSFER = 4 << 20;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = {"-t", "--transfer-size"}, paramLabel = "SIZE", defaultValue = "1M",
            converter = ByteSize.Converter.class,
            description = "The largest transfer (MAXTRANSFERSIZE): a multiple of 64K up to 4M. Default: ${DEFAULT-VALUE}.")
    private ByteSize transferSize;

    @Option(names = {"-b", "--buffers"}, paramLabel = "COUNT",
            description = "How many buffers all devices have together (BUFFERCOUNT). Default: 4 for each device.")
    private Integer buffers;

    @Option(names = {"-n", "--name"}, paramLabel = "NAME",
            description = "The name of the device set, 1 to 260 characters without a backslash. Default: a random one.")
    private String name;

    @Option(names = {"-c", "--class"}, paramLabel = "CLASS", defaultValue = "pipe",
            description = "The class of the devices: pipe, tape or disk. A restore needs the one of its backup. "
                    + "Default: ${DEFAULT-VALUE}.")
    private DeviceClass deviceClass;

    @Option(names = {"-p", "--progress"}, paramLabel = "MODE", defaultValue = "auto",
            description = "How progress is shown: auto, bar, plain or none. With auto it is a bar when standard error is "
                    + "a terminal, else lines. Default: ${DEFAULT-VALUE}.")
    private ProgressMode progress;

    /** Checks what the types do not. */
    void validate() {
        long bytes = transferSize.bytes();
        if (bytes < TRANSFER_UNIT || bytes > MAX_TRANSFER || bytes % TRANSFER_UNIT != 0) {
            throw new ParameterException(spec.commandLine(), "--transfer-size is %,d bytes: expected a multiple of 64K "
                    .formatted(bytes) + "(65,536 bytes) from 64K to 4M.");
        }
        if (buffers != null && buffers < 1) {
            throw new ParameterException(spec.commandLine(), "--buffers is " + buffers + ": expected 1 or more.");
        }
    }

    String setName() {
        if (name == null) {
            name = "sqlvdi-" + UUID.randomUUID();
        }
        return name;
    }

    DeviceClass deviceClass() {
        return deviceClass;
    }

    ProgressMode progress() {
        return progress;
    }

    VdiConfig request(boolean removable) {
        return VdiConfig.builder().features(deviceClass.features(removable)).build();
    }

    /** The server's side of the statement, without its channels. */
    EmulatedServer.Builder server(EmulatedServer.Builder server) {
        return server.maxTransferSize((int) transferSize.bytes()).bufferCount(buffers == null ? 0 : buffers);
    }
}
