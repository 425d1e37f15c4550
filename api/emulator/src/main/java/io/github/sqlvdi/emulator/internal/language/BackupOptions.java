package io.github.sqlvdi.emulator.internal.language;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The options behind WITH, and what follows each. Which statement takes which is checked when it runs. */
enum BackupOptions {
    /** Of BACKUP. */
    BACKUP("DIFFERENTIAL COPY_ONLY NO_COMPRESSION NOINIT INIT NOSKIP SKIP NOFORMAT FORMAT CHECKSUM NO_CHECKSUM "
            + "STOP_ON_ERROR CONTINUE_AFTER_ERROR NORECOVERY NO_TRUNCATE REWIND NOREWIND UNLOAD NOUNLOAD RESTART "
            + "FILE_SNAPSHOT METADATA_ONLY",
            "NAME DESCRIPTION MEDIANAME MEDIADESCRIPTION EXPIREDATE RETAINDAYS BLOCKSIZE BUFFERCOUNT MAXTRANSFERSIZE "
                    + "STANDBY CREDENTIAL PASSWORD MEDIAPASSWORD",
            "COMPRESSION ENCRYPTION"),
    /** Of RESTORE. */
    RESTORE("CHECKSUM NO_CHECKSUM STOP_ON_ERROR CONTINUE_AFTER_ERROR UNLOAD NOUNLOAD REWIND NOREWIND LOADHISTORY PARTIAL "
            + "KEEP_REPLICATION KEEP_CDC RECOVERY NORECOVERY REPLACE RESTART RESTRICTED_USER ENABLE_BROKER NEW_BROKER "
            + "ERROR_BROKER_CONVERSATIONS METADATA_ONLY",
            "FILE MEDIANAME MEDIAPASSWORD PASSWORD BLOCKSIZE BUFFERCOUNT MAXTRANSFERSIZE STANDBY STOPAT CREDENTIAL",
            "");

    /** What follows the name of an option. */
    enum Shape {
        ALONE, VALUE, MAYBE_VALUE, WORD, MOVE, MARK, PARENTHESES
    }

    private final Map<String, Shape> shapes = new HashMap<>();

    BackupOptions(String alone, String value, String parentheses) {
        add(alone, Shape.ALONE);
        add(value, Shape.VALUE);
        add(parentheses, Shape.PARENTHESES);
        shapes.put("STATS", Shape.MAYBE_VALUE);
        shapes.put("SNAPSHOT", Shape.WORD);
        if (alone.contains("REPLACE")) {
            shapes.put("MOVE", Shape.MOVE);
            shapes.put("STOPATMARK", Shape.MARK);
            shapes.put("STOPBEFOREMARK", Shape.MARK);
        }
    }

    private void add(String names, Shape shape) {
        for (String name : names.split(" ")) {
            shapes.put(name, shape);
        }
    }

    /** The shape of an option; null for a word that is none. */
    Shape shape(Token token) {
        return token.kind() == Token.Kind.WORD ? shapes.get(token.text().toUpperCase(Locale.ROOT)) : null;
    }
}
