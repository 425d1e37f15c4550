package io.github.sqlvdi.internal.platform.linux;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The unit in which {@code libsqlvdi.so} gets its time-outs; its documentation contradicts itself (VDI reference 13.5). */
public enum TimeoutUnit {
    /** Unknown: see {@link TimeoutProbe}. */
    AUTO("auto"),
    /** Milliseconds, by the documentation. */
    MILLISECONDS("ms"),
    /** Seconds, by a comment in the sample. */
    SECONDS("s");

    /** The system property that names the unit: {@code auto} (the default), {@code ms} or {@code s}. */
    public static final String PROPERTY = "io.github.sqlvdi.linux.timeoutUnit";

    private final String value;

    TimeoutUnit(String value) {
        this.value = value;
    }

    /**
     * The unit that the property names.
     *
     * @return the unit, {@link #AUTO} without the property
     * @throws IllegalArgumentException if the property has another value
     */
    public static TimeoutUnit configured() {
        String named = System.getProperty(PROPERTY, AUTO.value).strip();
        List<String> known = Arrays.stream(values()).map(unit -> unit.value).toList();
        int index = known.indexOf(named);
        if (index < 0) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "property %s is \"%s\": expected one of %s", PROPERTY, named, known));
        }
        return values()[index];
    }
}
