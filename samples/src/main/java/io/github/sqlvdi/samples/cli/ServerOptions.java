package io.github.sqlvdi.samples.cli;

import io.github.sqlvdi.VdiProvider;
import io.github.sqlvdi.emulator.EmulatedServer;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options of a statement that the emulated server executes. */
final class ServerOptions {

    private static final long TRANSFER_UNIT = 64 << 10;
    private static final long MAX_TRANSFER = 4 << 20;

    @Option(names = {"-t", "--transfer-size"},
            paramLabel = "SIZE",
            defaultValue = "1M",
            converter = ByteSize.Converter.class,
            description = "The largest transfer (MAXTRANSFERSIZE): a multiple of 64K up to 4M. "
                    + "Default: ${DEFAULT-VALUE}.")
    private ByteSize transferSize;

    @Option(names = {"-b", "--buffers"},
            paramLabel = "COUNT",
            description = "How many buffers all devices have together (BUFFERCOUNT). Default: 4 for each device.")
    private Integer buffers;

    /** Checks the values of the options for the command that has them; picocli checks only their types. */
    void validate(CommandSpec spec) {
        long bytes = transferSize.bytes();
        if (bytes < TRANSFER_UNIT || bytes > MAX_TRANSFER || bytes % TRANSFER_UNIT != 0) {
            throw new ParameterException(spec.commandLine(),
                    String.format(Locale.ROOT, "--transfer-size is %,d bytes: expected a multiple of 64K ", bytes)
                            + "(65,536 bytes) from 64K to 4M.");
        }
        if (buffers != null && buffers < 1) {
            throw new ParameterException(spec.commandLine(), "--buffers is " + buffers + ": expected 1 or more.");
        }
    }

    /** Checks that none of these options was given. */
    void requireNone(CommandSpec spec) {
        for (String option : List.of("--transfer-size", "--buffers")) {
            if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
                throw new ParameterException(spec.commandLine(),
                        option + " belongs to the server: give it to the external server's statement.");
            }
        }
    }

    /** Sets the options of an emulated statement. It uses the embedded VDI, even on a machine with SQL Server. */
    EmulatedServer.Builder of(EmulatedServer.Builder statement) {
        return statement.provider(VdiProvider.EMBEDDED).maxTransferSize((int) transferSize.bytes())
                .bufferCount(buffers == null ? 0 : buffers);
    }
}
