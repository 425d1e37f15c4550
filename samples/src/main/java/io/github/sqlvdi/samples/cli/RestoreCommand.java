package io.github.sqlvdi.samples.cli;

import io.github.sqlvdi.stream.TargetFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code sqlvdi restore}: backup files through the client's half and the server's half into files. */
@Command(name = "restore", mixinStandardHelpOptions = true,
        description = "Restores backup files: the client gives their bytes to virtual devices, and the emulated server "
                + "stores what it reads. The restored files appear only when the server's verdict is good.")
final class RestoreCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @ParentCommand
    private SqlVdi sqlvdi;

    @Mixin
    private JobOptions options;

    @Option(names = {"-o", "--to"}, required = true, paramLabel = "DATA",
            description = "The file for the stream of a device; give it once for each device.")
    private List<Path> targets;

    @Option(names = {"-d", "--devices"}, paramLabel = "COUNT",
            description = "How many devices, 1 to 64. Default: one for each backup file.")
    private Integer devices;

    @Option(names = "--force", description = "Replace restored files that exist.")
    private boolean force;

    @Parameters(arity = "1..*", paramLabel = "BACKUP",
            description = "The backup files, one for each device. A single one stands for BACKUP.1, BACKUP.2 ... when "
                    + "there are more devices.")
    private List<Path> backups;

    @Override
    public Integer call() throws Exception {
        options.validate();
        List<Path> inputs = DeviceFiles.forDevices(spec, backups, devices);
        DeviceFiles.requireOneEach(spec, "--to files", targets, inputs.size());
        DeviceFiles.requireReadable(inputs);
        DeviceFiles.requireWritable(targets, inputs, force);
        List<TargetFile> files = new ArrayList<>();
        try {
            for (Path target : targets) {
                files.add(TargetFile.create(target));
            }
            sqlvdi.runner(spec, options).restore(inputs, files.stream().map(TargetFile::channel).toList());
            for (TargetFile file : files) {
                file.commit();
            }
        } finally {
            for (TargetFile file : files) {
                file.close();
            }
        }
        return 0;
    }
}
