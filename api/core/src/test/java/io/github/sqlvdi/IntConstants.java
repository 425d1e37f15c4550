package io.github.sqlvdi;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.LinkedHashMap;
import java.util.Map;

/** The public {@code int} constants of a class by name, for tests that hold for each of them. */
final class IntConstants {

    private IntConstants() {
    }

    static Map<String, Integer> of(Class<?> type) throws IllegalAccessException {
        Map<String, Integer> constants = new LinkedHashMap<>();
        for (Field field : type.getFields()) {
            if (field.getType() == int.class && Modifier.isStatic(field.getModifiers())) {
                constants.put(field.getName(), field.getInt(null));
            }
        }
        return constants;
    }
}
