package io.github.sqlvdi;

import io.github.sqlvdi.CodeExplanation.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The known codes, read once from the text files beside this class. An entry there is
 *
 * <pre>
 * [0x80770004 VD_E_ABORT]         number and name
 * meaning: ...
 * cause: ...
 * cure: ...
 * </pre>
 *
 * with one line for each text. Empty lines and lines that start with # are skipped.
 */
final class ExplanationTable {

    static final Map<Integer, CodeExplanation> HRESULTS = load(Kind.HRESULT, "hresults.txt");
    static final Map<Integer, CodeExplanation> COMPLETION_CODES = load(Kind.COMPLETION_CODE, "completion-codes.txt");
    static final Map<Integer, CodeExplanation> SQL_MESSAGES = load(Kind.SQL_MESSAGE, "sql-messages.txt");

    private ExplanationTable() {
    }

    private static Map<Integer, CodeExplanation> load(Kind kind, String file) {
        Map<Integer, CodeExplanation> table = new LinkedHashMap<>();
        try (InputStream in = ExplanationTable.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("the library's jar is damaged: it lacks the resource " + file);
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            for (String head = next(lines); head != null; head = next(lines)) {
                CodeExplanation entry = entry(kind, head, lines);
                if (table.put((int) entry.code(), entry) != null) {
                    throw new IllegalStateException(file + " has two entries for " + entry.name());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the library's resource " + file, e);
        }
        return Collections.unmodifiableMap(table);
    }

    private static CodeExplanation entry(Kind kind, String head, BufferedReader lines) throws IOException {
        int space = head.indexOf(' ');
        if (!head.startsWith("[") || !head.endsWith("]") || space < 0) {
            throw new IllegalStateException("expected [number name] but the explanations have: " + head);
        }
        int code = Long.decode(head.substring(1, space)).intValue();
        return new CodeExplanation(kind, code, head.substring(space + 1, head.length() - 1),
                text("meaning: ", lines), text("cause: ", lines), text("cure: ", lines));
    }

    private static String text(String key, BufferedReader lines) throws IOException {
        String line = next(lines);
        if (line == null || !line.startsWith(key)) {
            throw new IllegalStateException("expected \"" + key + "\" but the explanations have: " + line);
        }
        return line.substring(key.length());
    }

    private static String next(BufferedReader lines) throws IOException {
        String line = lines.readLine();
        while (line != null && (line.isBlank() || line.startsWith("#"))) {
            line = lines.readLine();
        }
        return line;
    }
}
