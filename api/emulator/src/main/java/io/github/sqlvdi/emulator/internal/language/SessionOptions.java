package io.github.sqlvdi.emulator.internal.language;

import java.util.Locale;
import java.util.Set;

/** The options that SET takes. All are accepted; NOCOUNT, IMPLICIT_TRANSACTIONS, XACT_ABORT and LANGUAGE do something. */
final class SessionOptions {

    private static final Set<String> NAMES = Set.of("ANSI_DEFAULTS", "ANSI_NULLS", "ANSI_NULL_DFLT_OFF",
            "ANSI_NULL_DFLT_ON", "ANSI_PADDING", "ANSI_WARNINGS", "ARITHABORT", "ARITHIGNORE",
            "CONCAT_NULL_YIELDS_NULL",
            "CONTEXT_INFO", "CURSOR_CLOSE_ON_COMMIT", "DATEFIRST", "DATEFORMAT", "DEADLOCK_PRIORITY", "FMTONLY",
            "FORCEPLAN", "IMPLICIT_TRANSACTIONS", "LANGUAGE", "LOCK_TIMEOUT", "NOCOUNT", "NOEXEC", "NO_BROWSETABLE",
            "NUMERIC_ROUNDABORT", "PARSEONLY", "QUERY_GOVERNOR_COST_LIMIT", "QUOTED_IDENTIFIER",
            "REMOTE_PROC_TRANSACTIONS",
            "ROWCOUNT", "SHOWPLAN_ALL", "SHOWPLAN_TEXT", "SHOWPLAN_XML", "STATISTICS", "TEXTSIZE", "XACT_ABORT");

    private SessionOptions() {
    }

    static String require(Token token) throws SyntaxException {
        String name = token.text().toUpperCase(Locale.ROOT);
        if (token.kind() != Token.Kind.WORD || !NAMES.contains(name)) {
            throw new SyntaxException(195, token.line(), "'%s' is not a recognized SET option.", token.text());
        }
        return name;
    }
}
