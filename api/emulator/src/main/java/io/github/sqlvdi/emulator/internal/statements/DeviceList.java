package io.github.sqlvdi.emulator.internal.statements;

import io.github.sqlvdi.NameRules;
import io.github.sqlvdi.VdiConfig;
import io.github.sqlvdi.emulator.internal.language.Device;
import io.github.sqlvdi.emulator.internal.query.Evaluator;
import io.github.sqlvdi.emulator.internal.tokens.ServerMessage;
import java.util.ArrayList;
import java.util.List;

/** The names of the virtual devices of a statement. Other devices are refused: this server has no disk and no tape. */
final class DeviceList {

    private static final String ACCESS_DENIED = "5(Access is denied.)";
    private static final int LONGEST = 259;

    private DeviceList() {
    }

    static List<String> of(String statement, List<Device> devices, Evaluator evaluator, boolean backup) {
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
        for (Device device : devices) {
            String name = evaluator.value(device.name()).text();
            require(statement, device, name == null ? "" : name, backup);
            names.add(name);
        }
        return names;
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
            case "LOGICAL" -> throw Messages.failure(statement,
                    ServerMessage.error(3206, "Backup device '%s' does not exist. "
                            + "To view existing backup devices, use the sys.backup_devices catalog view. To create a new backup "
                            + "device use either sp_addumpdevice or SQL Server Management Studio.", name));
            default -> throw Messages.failure(statement, Messages.cannotOpen(name, ACCESS_DENIED, backup));
        }
    }
}
