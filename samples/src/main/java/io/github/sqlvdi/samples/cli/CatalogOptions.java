package io.github.sqlvdi.samples.cli;

import io.github.sqlvdi.emulator.sqlserver.EmulatedSqlServer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options of an emulated SQL Server that say what it has. */
final class CatalogOptions {

    @Option(names = {"-g", "--generate"},
            paramLabel = "NAME=SIZE",
            description = "A generated database. May be repeated.")
    private Map<String, String> generated = new LinkedHashMap<>();

    @Option(names = {"-d", "--database"},
            paramLabel = "NAME=FILE",
            description = "A database whose full backup is this recorded stream. May be repeated.")
    private Map<String, Path> recorded = new LinkedHashMap<>();

    @Option(names = "--disks",
            paramLabel = "FOLDER",
            description = "Lets BACKUP and RESTORE use DISK, for files below this folder.")
    private Path disks;

    @Option(names = "--folder",
            paramLabel = "FOLDER",
            description = "Keeps databases, log chains and the history of msdb in this folder, also when the process is "
                    + "killed. What it has goes before --generate and --database. Default: in memory.")
    private Path folder;

    /** Gives a server what the options say. */
    EmulatedSqlServer.Builder of(EmulatedSqlServer.Builder builder) throws Exception {
        for (Map.Entry<String, String> each : generated.entrySet()) {
            builder.database(each.getKey(), new ByteSize.Converter().convert(each.getValue()).bytes());
        }
        recorded.forEach(builder::recordedBackup);
        if (disks != null) {
            builder.disks(disks);
        }
        if (folder != null) {
            builder.folder(folder);
        }
        return builder;
    }
}
