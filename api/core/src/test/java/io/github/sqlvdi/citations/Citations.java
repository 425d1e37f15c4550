package io.github.sqlvdi.citations;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Finds the citations of numbered pages in a source file, and what looks like a citation in another form. */
final class Citations {

    private static final String NUMBER = "\\d{1,2}(?:\\.\\d{1,2}){0,2}";
    private static final String PLACE = NUMBER + "(?:\\s+\\([a-z]\\)|\\s+step\\s+\\d{1,2})?";
    private static final String DOTTED = "\\d{1,2}(?:\\.\\d{1,2}){1,2}";
    private static final String SEPARATOR = "(?:,\\s+and\\s+|,\\s+|\\s+and\\s+|\\s+to\\s+)";

    /** The one form: the name of the page in capitals, "reference", and the places. */
    private static final Pattern CITATION = Pattern.compile(
            "\\b([A-Z]{2,9})\\s+reference\\s+(" + PLACE + "(?:" + SEPARATOR + PLACE + ")*)(?![\\w])");
    private static final Pattern ONE_PLACE = Pattern.compile(PLACE);

    /** A link of Markdown or HTML to a place of a numbered page. */
    private static final Pattern LINK = Pattern.compile(
            "(?:\\[([A-Z]{2,9})\\s+reference\\s+(" + NUMBER + ")\\]\\()?\\b(\\w+)-reference\\.md#([\\w-]+)");

    /** Forms that are not used. A first group that is found says: a number of another document. */
    private static final List<Pattern> OTHER_FORMS = List.of(
            Pattern.compile("(\\b[A-Z]{2,9}\\s+)?\\breference(?:'s)?\\s+(?:sections?\\s+|tables?\\s+)?\\d[\\d.]*"),
            Pattern.compile("\\breference,\\s+sections?\\s+\\d[\\d.]*"),
            Pattern.compile("\\b[a-z]+-reference\\s+\\d[\\d.]*"),
            Pattern.compile("(\\b[A-Z]{2,9}[- ]?\\d*,?\\s+)?\\b[Ss]ections?\\s+" + DOTTED),
            Pattern.compile("\u00a7\\s*\\d[\\d.]*"));

    /** Only in comments: in Markdown a number in parentheses may be a figure, and one of three parts a version. */
    private static final List<Pattern> OTHER_FORMS_IN_COMMENTS = List.of(
            Pattern.compile("[(\\[]" + DOTTED + "(?:" + SEPARATOR + NUMBER + ")*[)\\]]"),
            Pattern.compile("(\\b[A-Z]\\w*\\s+)?(?<![\\w.])\\d{1,2}\\.\\d{1,2}\\.\\d{1,2}(?![\\w.]*\\w)"));

    /** The sections that the conformance suite names in literals: {@code "3.4"}, {@code "8.2 Read"}. */
    private static final Pattern LITERAL = Pattern.compile(
            "\"(" + DOTTED + ")(?: [^\"\\n]*)?\"|\\b(?:section|of|covers|keys)\\(\"(" + NUMBER + ")[ \"]");

    /**
     * One citation.
     *
     * @param page  the name of the page in small letters: {@code vdi} for docs/vdi-reference.md
     * @param place the section, perhaps with a step or a part
     */
    record Citation(String file, int line, String page, String place) {

        String where() {
            return file + ":" + line;
        }
    }

    /** A link to an anchor of a numbered page; {@code text} is the section that its text cites, or empty. */
    record Link(String file, int line, String page, String anchor, String text) {
    }

    private final List<Citation> citations = new ArrayList<>();
    private final List<Link> links = new ArrayList<>();
    private final List<String> otherForms = new ArrayList<>();

    /**
     * Reads a file.
     *
     * @param file the path in the checkout, with slashes
     */
    Citations(String file, String content) {
        SourceText source = new SourceText(content);
        String prose = source.withoutMargins();
        boolean code = file.matches(".*\\.(java|c|h|cpp)");
        String rest = code ? source.comments() : prose;
        for (MatchResult found : CITATION.matcher(prose).results().toList()) {
            for (MatchResult place : ONE_PLACE.matcher(found.group(2)).results().toList()) {
                int line = source.line(found.start(2) + place.start());
                citations.add(new Citation(file, line, found.group(1).toLowerCase(Locale.ROOT),
                        place.group().replaceAll("\\s+", " ")));
            }
        }
        for (MatchResult found : LINK.matcher(prose).results().toList()) {
            links.add(new Link(file, source.line(found.start()), found.group(3), found.group(4),
                    found.group(2) == null ? "" : found.group(2)));
        }
        String uncited = blank(rest, CITATION);
        List<Pattern> forms = new ArrayList<>(OTHER_FORMS);
        forms.addAll(code ? OTHER_FORMS_IN_COMMENTS : List.of());
        for (Pattern form : forms) {
            form.matcher(uncited).results().filter(found -> found.groupCount() == 0 || found.group(1) == null)
                    .forEach(found -> otherForms.add(file + ":" + source.line(found.start()) + ": \""
                            + found.group().replaceAll("\\s+", " ") + "\""));
        }
        if (file.contains("/conformance/") && file.endsWith(".java")) {
            LITERAL.matcher(content).results().forEach(found -> citations.add(new Citation(file,
                    source.line(found.start()), "vdi", found.group(1) == null ? found.group(2) : found.group(1))));
        }
    }

    List<Citation> citations() {
        return citations;
    }

    List<Link> links() {
        return links;
    }

    /** {@return file, line and text of what looks like a citation but has not the one form} */
    List<String> otherForms() {
        return otherForms;
    }

    private static String blank(String text, Pattern pattern) {
        return pattern.matcher(text).replaceAll(found -> found.group().replaceAll("\\S", " "));
    }
}
