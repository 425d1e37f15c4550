package io.github.sqlvdi.emulator.internal.statements;

import io.github.sqlvdi.NameRules;
import io.github.sqlvdi.VdiConfig;
import io.github.sqlvdi.emulator.internal.language.Device;
import io.github.sqlvdi.emulator.internal.tokens.ServerMessage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The devices of a statement: virtual ones, or files where the server has a folder for DISK. Others are refused. */
final class DeviceList {

    private static final String ACCESS_DENIED = "5(Access is denied.)";
    private static final int LONGEST = 259;

    private DeviceList() {
    }

    static Media of(String statement, List<Device> devices, StatementContext context, boolean backup) {
        if (devices.size() > VdiConfig.MAX_DEVICES) {
            throw Messages.failure(statement, ServerMessage.error(3205,
                    "Too many backup devices specified for backup or restore; only %d are allowed.",
                    VdiConfig.MAX_DEVICES));
        }
        if (devices.stream().map(Device::type).distinct().count() > 1) {
            throw Messages.failure(statement, ServerMessage.error(3011,
                    "All backup devices must be of the same general class (for example, DISK and TAPE)."));
        }
        List<String> names = new ArrayList<>();
        List<Path> files = new ArrayList<>();
        for (Device device : devices) {
            String name = context.evaluator().value(device.name()).text();
            require(statement, device, name == null ? "" : name, backup);
            names.add(name);
            if (device.type().equals("DISK")) {
                files.add(context.catalog().disks().flatMap(folder -> DiskFiles.find(folder, name))
                        .filter(file -> !files.contains(file))
                        .orElseThrow(
                                () -> Messages.failure(statement, Messages.cannotOpen(name, ACCESS_DENIED, backup))));
            }
        }
        return new Media(List.copyOf(names), List.copyOf(files), 1);
    }

    private static void require(String statement, Device device, String name, boolean backup) {
        if (name.isEmpty()) {
            throw Messages.failure(statement, ServerMessage.error(3044,
                    "Invalid zero-length device name. Reissue the BACKUP statement with a valid device name."));
        }
        switch (device.type()) {
            case "VIRTUAL_DEVICE" -> {
                if (name.length() > LONGEST) {
                    throw Messages.failure(statement,
                            ServerMessage.error(3057, "Invalid device name. The length of the "
                                    + "device name provided exceeds supported limit (maximum length is:%d). Reissue the BACKUP "
                                    + "statement with a valid device name.", LONGEST));
                }
                if (NameRules.problem(name).isPresent()) {
                    throw Messages.failure(statement,
                            Messages.cannotOpen(name, "123(" + NameRules.problem(name).get() + ")", backup));
                }
            }
            case "DISK" -> { // the file is looked up next
            }
            case "LOGICAL" -> throw Messages.failure(statement,
                    ServerMessage.error(3206, "Backup device '%s' does not exist. "
                            + "To view existing backup devices, use the sys.backup_devices catalog view. To create a new backup "
                            + "device use either sp_addumpdevice or SQL Server Management Studio.", name));
            default -> throw Messages.failure(statement, Messages.cannotOpen(name, ACCESS_DENIED, backup));
        }
    }
}
