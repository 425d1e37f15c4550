package io.github.sqlvdi.jdbc;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The text of a statement, with a place for its devices.
 *
 * @param before the text before the devices
 * @param after the text behind them
 */
record DeviceText(String before, String after) {

    static final String PLACEHOLDER = "{devices}";

    /** Splits a text at its only placeholder. */
    static DeviceText of(String text) {
        Objects.requireNonNull(text, "text");
        int place = text.indexOf(PLACEHOLDER);
        if (place < 0 || text.indexOf(PLACEHOLDER, place + 1) >= 0) {
            throw new IllegalArgumentException(String.format(Locale.ROOT,
                    "The text of the statement has %s %s: expected exactly one, as in BACKUP DATABASE sales TO %s: %s",
                    place < 0 ? "no" : "more than one", PLACEHOLDER, PLACEHOLDER, text));
        }
        return new DeviceText(text.substring(0, place), text.substring(place + PLACEHOLDER.length()));
    }

    /** Returns the text with these devices. */
    String with(List<String> deviceNames) {
        return deviceNames.stream().map(name -> "VIRTUAL_DEVICE = " + Quoted.text(name))
                .collect(Collectors.joining(", ", before, after));
    }

    /** {@return the text with the placeholder} */
    @Override
    public String toString() {
        return before + PLACEHOLDER + after;
    }
}
