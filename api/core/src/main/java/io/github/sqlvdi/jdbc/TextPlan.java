package io.github.sqlvdi.jdbc;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * The text of a statement as it depends on its buffers.
 *
 * @param wish the buffers to ask for first, by the number of devices; empty to leave them to the server or to the text
 * @param text the text with these buffers; without any if they are empty
 */
record TextPlan(IntFunction<Optional<Buffers>> wish, Function<Optional<Buffers>, DeviceText> text) {

    /** Returns the plan of a text that does not change. */
    static TextPlan of(DeviceText fixed) {
        return new TextPlan(devices -> Optional.empty(), buffers -> fixed);
    }
}
