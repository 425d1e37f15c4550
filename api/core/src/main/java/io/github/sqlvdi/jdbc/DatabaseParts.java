package io.github.sqlvdi.jdbc;

import java.util.ArrayList;
import java.util.List;

/** The files and filegroups of a BACKUP or RESTORE, as they stand behind the name of the database. */
final class DatabaseParts {

    private final List<String> parts = new ArrayList<>();
    private boolean files;
    private boolean readWrite;

    void files(String... logicalNames) {
        add("FILE", logicalNames);
        files = true;
    }

    void filegroups(String... names) {
        add("FILEGROUP", names);
    }

    void readWriteFilegroups() {
        readWrite = true;
    }

    private void add(String kind, String... names) {
        if (names.length == 0) {
            throw new IllegalArgumentException(
                    "No " + kind
                            + " was given: expected one name or more, or the statement would take the whole database");
        }
        for (String name : names) {
            Quoted.name(kind, name); // refuses what no name can be
            parts.add(kind + " = " + Quoted.text(name));
        }
    }

    boolean isEmpty() {
        return parts.isEmpty() && !readWrite;
    }

    /** Returns the parts behind a blank; empty without any. SQL Server wants READ_WRITE_FILEGROUPS first. */
    String text() {
        if (readWrite && files) {
            throw new IllegalArgumentException("READ_WRITE_FILEGROUPS cannot be combined with FILE: expected "
                    + "readWriteFilegroups() with filegroups(), or files() without it");
        }
        List<String> all = new ArrayList<>(parts);
        if (readWrite) {
            all.addFirst("READ_WRITE_FILEGROUPS");
        }
        return all.isEmpty() ? "" : " " + String.join(", ", all);
    }
}
