package io.github.sqlvdi;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** The names that jobs and the emulated server give to the devices of a set. */
public final class DeviceNames {

    private DeviceNames() {
    }

    /**
     * Returns the names for the {@code VIRTUAL_DEVICE} clauses of a statement, in this order: the name of the set, then
     * that name followed by 1, 2, 3 and so on.
     *
     * @param setName the name of the set, short enough for the names of all devices
     * @param count number of devices, 1 to {@value VdiConfig#MAX_DEVICES}
     * @return the names, unmodifiable
     * @throws NullPointerException if the name is null
     * @throws IllegalArgumentException if {@code count} is out of range, or a name breaks {@link NameRules}
     */
    public static List<String> of(String setName, int count) {
        NameRules.require("setName", setName);
        if (count < 1 || count > VdiConfig.MAX_DEVICES) {
            throw new IllegalArgumentException("count is " + count + ": expected 1 to " + VdiConfig.MAX_DEVICES);
        }
        List<String> names =
                IntStream.range(0, count).mapToObj(device -> device == 0 ? setName : setName + device).toList();
        NameRules.problem(names.getLast()).ifPresent(problem -> {
            throw new IllegalArgumentException(String.format(Locale.ROOT,
                    "setName has %d characters, so the name of device %d %s", setName.length(), count, problem));
        });
        return names;
    }
}
