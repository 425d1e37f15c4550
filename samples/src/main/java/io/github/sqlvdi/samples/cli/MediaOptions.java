package io.github.sqlvdi.samples.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of commands that write a backup. */
final class MediaOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = {"-m", "--media-size"}, paramLabel = "SIZE", converter = ByteSize.Converter.class,
            description = "Tape and disk: how much fits on a medium. The media of a device are FILE, FILE.2, FILE.3 ... "
                    + "Default: no limit.")
    private ByteSize mediaSize;

    /** Checks that a media size is above 0, and is given only for tapes and disks. */
    void validate(DeviceClass deviceClass) {
        if (mediaSize != null && (deviceClass == DeviceClass.PIPE || mediaSize.bytes() == 0)) {
            throw new ParameterException(spec.commandLine(),
                    "--media-size needs --class tape or disk, and at least 1 byte: a pipe has no media.");
        }
    }

    /** {@return the size of a medium, or null for no limit} */
    ByteSize mediaSize() {
        return mediaSize;
    }
}
