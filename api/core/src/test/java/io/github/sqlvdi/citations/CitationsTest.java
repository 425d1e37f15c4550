package io.github.sqlvdi.citations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is found in a source file. The citations of this class are put together, so that no wrong one stands in it. */
class CitationsTest {

    private static final String REFERENCE = "VDI " + "reference ";

    @Test
    void citationIsFoundAcrossLinesOfAComment() {
        assertEquals(List.of("3:7.2", "5:8.18", "6:2.1 step 12"), places("""
                /**
                 * The buffer is the client's (VDI
                 * reference 7.2).
                 *
                 * <p>Order (%s8.18 and
                 * 2.1 step 12).
                 */
                """.replace("%s", REFERENCE)));
    }

    @Test
    void listsRangesStepsAndPartsAreSinglePlaces() {
        assertEquals(List.of("1:4", "1:3.5", "1:3.9", "1:2.8 (c)", "1:2.4 step 6", "1:7.3"),
                places("// " + REFERENCE + "4, 3.5 to 3.9, 2.8 (c), 2.4 step 6, and 7.3: all of them."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/* reference 3.4 */", "/** The reference's table 14.4. */", "// (3.7.11)", "// [3.2, 5.4]",
        "// in 3.5.7 the table", "// sections 3.4 to 3.9", "// see \u00a77.2", "// vdi-reference 7.2",
        "/** A client\n * (8.5). */", "// the VDI " + "reference, sections 3.4"})
    void otherFormOfACitationIsNamed(String comment) {
        Citations found = new Citations("a/B.java", "class B {\n" + comment + "\n}");
        assertEquals(1, found.otherForms().stream().map(form -> form.split(": ")[0]).distinct().count(),
                () -> "found: " + found.otherForms());
        assertTrue(found.otherForms().get(0).startsWith("a/B.java:"), found.otherForms()::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"String version = \"(3.8.1)\"; // SQL Server 7.0", "// one reference, never 0",
        "// before Linux 6.3", "// JDK 17.0.15 lacks it", "// costs 0.4 ns", "double third = f(3.5);",
        "// RFC 3339, section 5.6", "char quote = '\"'; String s = \"// (3.4)\";"})
    void otherNumbersAreNoCitations(String code) {
        assertEquals(List.of(), new Citations("a/B.java", code).otherForms());
        assertEquals(List.of(), new Citations("a/B.java", code).citations());
    }

    @Test
    void linkTellsPageAnchorAndCitedSection() {
        Citations found = new Citations("docs/native.md", "\n[" + REFERENCE + "13.6](vdi-reference.md#s13-6)");
        assertEquals(List.of(new Citations.Link("docs/native.md", 2, "vdi", "s13-6", "13.6")), found.links());
    }

    @Test
    void literalsOfTheConformanceSuiteAreCitations() {
        Citations found = new Citations("src/conformance/Rows.java",
                "rules.add(Rule.of(\"11.2\", \"abort\").covers(\"9 LikePipe\", \"5.1 LikePipe\").section(\"12\"));");
        assertEquals(List.of("11.2", "9", "5.1", "12"),
                found.citations().stream().map(Citations.Citation::place).toList());
    }

    private static List<String> places(String text) {
        return new Citations("a/B.java", text).citations().stream().map(found -> found.line() + ":" + found.place())
                .toList();
    }
}
