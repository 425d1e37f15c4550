package io.github.sqlvdi.internal.platform.linux;

import io.github.sqlvdi.internal.settings.Settings;
import java.util.Arrays;
import java.util.List;

/**
 * The unit in which {@code libsqlvdi.so} gets its time-outs; its documentation contradicts itself (VDI reference 13.5).
 */
public enum TimeoutUnit {
    /** Unknown: see {@link TimeoutProbe}. */
    AUTO("auto"),
    /** Milliseconds, by the documentation. */
    MILLISECONDS("ms"),
    /** Seconds, by a comment in the sample. */
    SECONDS("s");

    private final String value;

    TimeoutUnit(String value) {
        this.value = value;
    }

    /**
     * {@return the unit that the property {@value Settings#TIMEOUT_UNIT} names; {@link #AUTO} without the property}
     *
     * @throws IllegalArgumentException if the property has another value
     */
    public static TimeoutUnit configured() {
        String named = Settings.property(Settings.TIMEOUT_UNIT).orElse(AUTO.value);
        List<String> known = Arrays.stream(values()).map(unit -> unit.value).toList();
        int index = known.indexOf(named);
        if (index < 0) {
            throw Settings.refused(Settings.TIMEOUT_UNIT, named, "one of " + known);
        }
        return values()[index];
    }
}
