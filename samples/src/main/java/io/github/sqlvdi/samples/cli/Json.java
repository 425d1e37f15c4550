package io.github.sqlvdi.samples.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.util.Map;

/** JSON as all commands print it: indented, with every field, null included. */
final class Json {

    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().serializeNulls().disableHtmlEscaping().create();

    private Json() {
    }

    static String of(Map<String, ?> document) {
        return GSON.toJson(document);
    }
}
