package io.github.sqlvdi.citations;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page of docs whose sections have numbers and anchors, such as docs/vdi-reference.md.
 *
 * @param places  what a citation may name: {@code 7.2}, a numbered item of it ({@code 2.1 step 12}), a lettered part
 *                ({@code 2.8 (c)})
 * @param anchors the names that a link to the page may have
 * @param faults  headings without their anchor, anchors that occur twice, links within the page that lead nowhere, each
 *                with its line
 */
record NumberedPage(Set<String> places, Set<String> anchors, List<String> faults) {

    private static final Pattern HEADING = Pattern.compile("#{2,6} (\\d+(?:\\.\\d+)*)\\.? \\S.*");
    private static final Pattern ANCHOR = Pattern.compile("<a id=\"([^\"]*)\"></a>");
    private static final Pattern NUMBERED_ANCHOR = Pattern.compile("s(\\d+(?:-\\d+)*)(?:-([a-z]))?");
    private static final Pattern ITEM = Pattern.compile("(\\d+)\\. .*");
    private static final Pattern LINK = Pattern.compile("\\]\\(#([^)]*)\\)");

    static NumberedPage of(String text) {
        Set<String> places = new HashSet<>();
        Set<String> anchors = new HashSet<>();
        Map<String, String> links = new LinkedHashMap<>();
        List<String> faults = new ArrayList<>();
        List<String> lines = text.lines().toList();
        String section = "";
        String above = "";
        boolean fence = false;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            String at = "line " + (i + 1) + ": ";
            fence ^= line.startsWith("```");
            if (fence) {
                continue;
            }
            for (MatchResult found : ANCHOR.matcher(line).results().toList()) {
                if (!anchors.add(found.group(1))) {
                    faults.add(at + "the anchor " + found.group(1) + " is on the page twice");
                }
                place(found.group(1)).ifPresent(places::add);
            }
            LINK.matcher(line).results().forEach(found -> links.putIfAbsent(found.group(1), at));
            Matcher heading = HEADING.matcher(line);
            Matcher item = ITEM.matcher(line);
            if (heading.matches()) {
                section = heading.group(1);
                places.add(section);
                String anchor = "<a id=\"" + anchor(section) + "\"></a>";
                if (!above.equals(anchor)) {
                    faults.add(at + "section " + section + " needs " + anchor + " above its heading");
                }
            } else if (item.matches() && !section.isEmpty()) {
                places.add(section + " step " + item.group(1));
            }
            above = line.isBlank() ? above : line;
        }
        links.forEach((link, at) -> {
            if (!anchors.contains(link)) {
                faults.add(at + "the link #" + link + " leads nowhere");
            }
        });
        return new NumberedPage(Set.copyOf(places), Set.copyOf(anchors), List.copyOf(faults));
    }

    /** {@return the anchor of a section: {@code s7-2} for 7.2} */
    static String anchor(String section) {
        return "s" + section.replace('.', '-');
    }

    private static Optional<String> place(String anchor) {
        Matcher numbered = NUMBERED_ANCHOR.matcher(anchor);
        if (!numbered.matches()) {
            return Optional.empty();
        }
        String number = numbered.group(1).replace('-', '.');
        return Optional.of(numbered.group(2) == null ? number : number + " (" + numbered.group(2) + ")");
    }
}
