package io.github.sqlvdi;

import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * The explanation of a code: its meaning, its usual cause, and what to do. The library knows the results of VDI's
 * methods and of COM (VDI reference 5.4), the completion codes of commands (VDI reference 5.5), and SQL Server's
 * messages about backup devices (VDI reference 14.4). The explanation of an unknown code has its number and names the
 * class of codes that it belongs to.
 *
 * @param kind which of the three it is
 * @param code the number: an {@code HRESULT} as a signed 32-bit number, any other code unchanged
 * @param name the name of the code, {@code Msg n} for a message of SQL Server
 * @param meaning what the code says, one or more sentences
 * @param usualCause where it usually comes from
 * @param cure what to check or do
 */
public record CodeExplanation(
        Kind kind, long code, String name, String meaning, String usualCause, String cure) {

    /** The kinds of codes; one number can be several of them. */
    public enum Kind {
        /** The result of a method of the interface or of COM (VDI reference 5.4). */
        HRESULT("result of a call"),
        /** How a command was completed, a Win32 error number (VDI reference 5.5). */
        COMPLETION_CODE("completion code of a command"),
        /** A message of SQL Server, on the connection or in its error log (VDI reference 14.4). */
        SQL_MESSAGE("message of SQL Server");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    /**
     * Explains a code.
     *
     * @param kind which of the three it is
     * @param code the number
     * @param name the name
     * @param meaning what the code says
     * @param usualCause where it usually comes from
     * @param cure what to check or do
     */
    public CodeExplanation {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(meaning, "meaning");
        Objects.requireNonNull(usualCause, "usualCause");
        Objects.requireNonNull(cure, "cure");
    }

    /**
     * Finds all explanations of a number or name. Numbers are read as hexadecimal with {@code 0x} in front, else as
     * decimal, signed or unsigned; names in any case, completion codes with or without {@code ERROR_}.
     *
     * @param codeOrName for example {@code 0x80770004}, {@code -2139684860}, {@code 2155282436}, {@code 995},
     *     {@code 3013}, {@code VD_E_ABORT}, {@code handle_eof}
     * @return the explanations, those of known codes first; a 32-bit number always has one, an unknown name none
     */
    public static List<CodeExplanation> find(String codeOrName) {
        return ExplanationSearch.find(codeOrName.strip());
    }

    /**
     * Explains the result of a method.
     *
     * @param hresult any number
     * @return the explanation; for an unknown number one that names the class of codes that it belongs to
     */
    public static CodeExplanation ofHresult(int hresult) {
        CodeExplanation known = ExplanationTable.HRESULTS.get(hresult);
        return known != null ? known : UnknownCode.hresult(hresult);
    }

    /**
     * Explains the completion code of a command.
     *
     * @param completionCode any number
     * @return the explanation; for an unknown number one that says so
     */
    public static CodeExplanation ofCompletionCode(int completionCode) {
        CodeExplanation known = ExplanationTable.COMPLETION_CODES.get(completionCode);
        return known != null ? known : UnknownCode.completionCode(completionCode);
    }

    /**
     * Explains a message of SQL Server.
     *
     * @param number the message's number
     * @return the explanation; for an unknown number one that says where to find its text
     */
    public static CodeExplanation ofSqlMessage(int number) {
        CodeExplanation known = ExplanationTable.SQL_MESSAGES.get(number);
        return known != null ? known : UnknownCode.sqlMessage(number);
    }

    /**
     * Formats the explanation as lines for a terminal, at most 100 columns wide.
     *
     * @return name and numbers in the first line, then meaning, usual cause and what to do; ends with a line break
     */
    public String format() {
        StringBuilder text = new StringBuilder(name);
        if (kind == Kind.HRESULT) {
            text.append(String.format(Locale.ROOT, ", 0x%08X (%d)", (int) code, code));
        } else if (kind == Kind.COMPLETION_CODE) {
            text.append(String.format(Locale.ROOT, ", %d (0x%X)", code, code));
        }
        text.append(", ").append(kind.words).append('\n');
        appendWrapped(text, "Meaning", meaning);
        appendWrapped(text, "Usual cause", usualCause);
        appendWrapped(text, "What to do", cure);
        return text.toString();
    }

    private static void appendWrapped(StringBuilder text, String label, String sentences) {
        int column = 15;
        text.append(String.format(Locale.ROOT, "  %-12s", label + ":"));
        for (String word : sentences.split(" ")) {
            if (column + 1 + word.length() > 100) {
                text.append("\n              ");
                column = 14;
            }
            text.append(' ').append(word);
            column += 1 + word.length();
        }
        text.append('\n');
    }
}
