package io.github.sqlvdi.jdbc;

import java.util.Locale;

/** Names of files for databases. */
final class FileNames {

    /** Where a template has the name of the database. */
    static final String DATABASE = "{database}";

    private FileNames() {
    }

    /** Returns the name of a database, with {@code %} and its code in the place of a character that no file can have. */
    static String of(String database) {
        StringBuilder name = new StringBuilder();
        database.codePoints().forEach(character -> {
            if (character < ' ' || "%\\/:*?\"<>|.".indexOf(character) >= 0) {
                name.append(String.format(Locale.ROOT, "%%%02X", character));
            } else {
                name.appendCodePoint(character);
            }
        });
        return name.toString();
    }
}
