package io.github.sqlvdi.citations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.testing.Checkout;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every citation in the checkout names a place that its page has. */
class CheckoutCitationsTest {

    private static final String CITED = ".*\\.(java|c|h|cpp|md|txt|sh|py|cmd)";
    private static final String VDI = "vdi";

    private static final Path ROOT = Checkout.root();
    private static final List<Citations> SOURCES = new ArrayList<>();

    private final Map<String, NumberedPage> pages = new TreeMap<>();

    @BeforeAll
    static void read() throws IOException {
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                String name = folder.equals(ROOT) ? "" : folder.getFileName().toString();
                return name.equals("target") || name.equals(".git") ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                String name = ROOT.relativize(file).toString().replace('\\', '/');
                if (attributes.isRegularFile() && name.matches(CITED) && !name.endsWith("-reference.md")) {
                    SOURCES.add(new Citations(name, Files.readString(file)));
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    @Test
    void everyCitedSectionIsInTheReference() throws IOException {
        List<String> wrong = new ArrayList<>();
        int count = 0;
        for (Citations file : SOURCES) {
            for (Citations.Citation citation : file.citations()) {
                count++;
                if (!Files.exists(path(citation.page()))) {
                    wrong.add(citation.where() + ": there is no page " + name(citation.page()));
                } else if (!page(citation.page()).places().contains(citation.place())) {
                    wrong.add(citation.where() + ": " + name(citation.page()) + " has no section " + citation.place());
                }
            }
        }
        assertEquals(List.of(), wrong, () -> "Citations that lead nowhere:\n" + String.join("\n", wrong) + "\n");
        assertTrue(count > 300, count + " citations only: the walk missed sources");
    }

    @Test
    void everyCitationHasTheOneForm() {
        List<String> wrong = SOURCES.stream().flatMap(file -> file.otherForms().stream()).toList();
        assertEquals(List.of(), wrong, () -> "Write a citation as (VDI reference N.N); give other numbers their unit:\n"
                + String.join("\n", wrong) + "\n");
    }

    @Test
    void everyLinkToTheReferenceHasAnAnchorThere() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (Citations file : SOURCES) {
            for (Citations.Link link : file.links()) {
                String where = link.file() + ":" + link.line() + ": ";
                if (!Files.exists(path(link.page())) || !page(link.page()).anchors().contains(link.anchor())) {
                    wrong.add(where + name(link.page()) + " has no anchor " + link.anchor());
                } else if (!link.text().isEmpty() && !link.anchor().equals(NumberedPage.anchor(link.text()))) {
                    wrong.add(where + "cites " + link.text() + " and links " + link.anchor());
                }
            }
        }
        assertEquals(List.of(), wrong, () -> String.join("\n", wrong));
    }

    @Test
    void everySectionOfTheReferenceHasItsAnchor() throws IOException {
        NumberedPage reference = page(VDI);
        assertEquals(List.of(), reference.faults());
        assertTrue(reference.places().size() > 200, () -> "sections and steps: " + reference.places());
    }

    /** A reader of the Javadoc sees the numbers only; the page of the package tells whose they are. */
    @Test
    void packageThatCitesTheReferenceNamesItsPage() throws IOException {
        TreeSet<String> packages = new TreeSet<>();
        for (Citations file : SOURCES) {
            for (Citations.Citation citation : file.citations()) {
                if (citation.file().endsWith(".java")) {
                    packages.add(citation.file().replaceAll("/[^/]*$", "") + " " + name(citation.page()));
                }
            }
        }
        List<String> wrong = new ArrayList<>();
        for (String entry : packages) {
            String[] folderAndPage = entry.split(" ");
            Path info = ROOT.resolve(folderAndPage[0]).resolve("package-info.java");
            boolean main = folderAndPage[0].contains("/src/main/java/"); // tests share the page of the package they test
            if (Files.exists(info) ? !Files.readString(info).contains(folderAndPage[1]) : main) {
                wrong.add(folderAndPage[0] + "/package-info.java does not name " + folderAndPage[1]);
            }
        }
        assertEquals(List.of(), wrong, () -> String.join("\n", wrong));
    }

    private NumberedPage page(String page) throws IOException {
        NumberedPage read = pages.get(page);
        if (read == null) {
            read = NumberedPage.of(Files.readString(path(page)));
            pages.put(page, read);
        }
        return read;
    }

    private Path path(String page) {
        return ROOT.resolve(name(page));
    }

    private static String name(String page) {
        return "docs/" + page + "-reference.md";
    }
}
