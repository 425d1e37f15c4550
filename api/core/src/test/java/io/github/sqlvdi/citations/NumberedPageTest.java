package io.github.sqlvdi.citations;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NumberedPageTest {

    @Test
    void sectionsStepsAndPartsArePlaces() {
        NumberedPage page = NumberedPage.of("""
                <a id="s2-1"></a>

                ## 2.1 Backup

                1. first
                2. second, see [2.8](#s2-8)

                <a id="s2-8"></a>
                ### 2.8 Time-outs

                <a id="s2-8-c"></a>**(c) slow**

                ```
                ## 9.9 no heading
                ```
                """);
        assertEquals(Set.of("2.1", "2.1 step 1", "2.1 step 2", "2.8", "2.8 (c)"), page.places());
        assertEquals(List.of(), page.faults());
    }

    @Test
    void headingWithoutAnchorIsNamed() {
        assertEquals(List.of("line 3: section 1.2 needs <a id=\"s1-2\"></a> above its heading"),
                NumberedPage.of("<a id=\"s1-1\"></a>\n\n## 1.2 Moved\n").faults());
    }

    @Test
    void secondAnchorOfANameAndLinkToNothingAreNamed() {
        assertEquals(List.of("line 2: the anchor x is on the page twice", "line 1: the link #s7-2 leads nowhere"),
                NumberedPage.of("<a id=\"x\"></a> [7.2](#s7-2)\n<a id=\"x\"></a>\n").faults());
    }
}
