package io.github.sqlvdi.samples.cli;

import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of commands that write a backup. */
final class MediaOptions {

    /** The block size of the emulated server. */
    private static final int BLOCK = 512;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = {"-m", "--media-size"}, paramLabel = "SIZE", converter = ByteSize.Converter.class,
            description = "Tape and disk: how much fits on a medium, 512 bytes or more. The media of a device are FILE, FILE.2, FILE.3 ... "
                    + "Default: no limit.")
    private ByteSize mediaSize;

    /** Checks that a medium takes at least a block, and that its size is given only for tapes and disks. */
    void validate(DeviceClass deviceClass) {
        if (mediaSize != null && deviceClass == DeviceClass.PIPE) {
            throw new ParameterException(spec.commandLine(),
                    "--media-size needs --class tape or disk: a pipe has no media.");
        }
        if (mediaSize != null && mediaSize.bytes() < BLOCK) {
            throw new ParameterException(spec.commandLine(), String.format(Locale.ROOT,
                    "--media-size is %,d bytes: expected at least %d, because a medium takes whole blocks of that size.",
                    mediaSize.bytes(), BLOCK));
        }
    }

    /** {@return the size of a medium, or null for no limit} */
    ByteSize mediaSize() {
        return mediaSize;
    }
}
