package io.github.sqlvdi.emulator.internal.language;

import java.util.Locale;
import java.util.Set;

/** The reserved words of T-SQL, as far as a statement of this server could end before one. */
final class Keywords {

    private static final Set<String> RESERVED = Set.of("ADD", "ALL", "ALTER", "AND", "ANY", "AS", "ASC", "BACKUP",
            "BEGIN", "BETWEEN", "BREAK", "BULK", "BY", "CASE", "CHECKPOINT", "CLOSE", "COLLATE", "COMMIT", "CONTINUE",
            "CONVERT", "CREATE", "CROSS", "CURSOR", "DATABASE", "DBCC", "DEALLOCATE", "DECLARE", "DEFAULT", "DELETE",
            "DENY", "DESC", "DISTINCT", "DROP", "ELSE", "END", "EXCEPT", "EXEC", "EXECUTE", "EXISTS", "EXIT", "FETCH",
            "FILE", "FOR", "FROM", "FULL", "FUNCTION", "GOTO", "GRANT", "GROUP", "HAVING", "IF", "IN", "INNER",
            "INSERT",
            "INTERSECT", "INTO", "IS", "JOIN", "KILL", "LEFT", "LIKE", "MERGE", "NOT", "NULL", "OF", "OFF", "ON",
            "OPEN",
            "OR", "ORDER", "OUTER", "OVER", "PRINT", "PROC", "PROCEDURE", "RAISERROR", "RECONFIGURE", "RESTORE",
            "RETURN", "REVOKE", "RIGHT", "ROLLBACK", "SAVE", "SELECT", "SET", "SHUTDOWN", "TABLE", "THEN", "TO", "TOP",
            "TRAN", "TRANSACTION", "TRIGGER", "TRUNCATE", "UNION", "UNIQUE", "UPDATE", "USE", "VALUES", "VIEW",
            "WAITFOR", "WHEN", "WHERE", "WHILE", "WITH");

    private Keywords() {
    }

    static boolean isReserved(String word) {
        return RESERVED.contains(word.toUpperCase(Locale.ROOT));
    }
}
