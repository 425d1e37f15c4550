package io.github.sqlvdi.internal.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.VdiProvider;
import io.github.sqlvdi.client.VirtualDeviceSet;
import io.github.sqlvdi.server.ServerDeviceSet;
import io.github.sqlvdi.testing.Checkout;
import io.github.sqlvdi.testing.TestData;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code docs/settings.md}, {@link Settings} and the sources name the same settings, and wrong values are refused. */
class SettingsTest {

    /** A name in backticks in the first column of a table. */
    private static final Pattern NAMED = Pattern.compile("`([A-Za-z_.]+)`");
    private static final Pattern LOGGER = Pattern.compile("System\\.getLogger\\(\"([^\"]+)\"\\)");
    /** A literal that is no file name. */
    private static final Pattern TEST_PROPERTY = Pattern.compile("\"(sqlvdi\\.(?!jar\"|jsa\"|h\"|cmd\")[A-Za-z.]+)\"");
    private static final Pattern OWN_PROPERTY = Pattern.compile("\"(io\\.github\\.sqlvdi\\.[A-Za-z.]+)\"");

    @AfterEach
    void clear() {
        System.clearProperty(Settings.CHECKED);
        System.clearProperty(Settings.OPEN_DEVICE_WAIT_MILLIS);
    }

    /** The names in the first column of the tables below a heading. */
    private static Set<String> documented(String heading) throws IOException {
        String page = Files.readString(Checkout.root().resolve("docs/settings.md"));
        int begin = page.indexOf("\n## " + heading + "\n");
        assertTrue(begin >= 0, heading);
        int end = page.indexOf("\n## ", begin + 1);
        return page.substring(begin, end < 0 ? page.length() : end).lines().filter(line -> line.startsWith("| "))
                .map(line -> line.split("\\|")[1]).flatMap(cell -> NAMED.matcher(cell).results())
                .map(name -> name.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }

    /** What a pattern finds in the Java sources of all artifacts: production code or tests. */
    private static Set<String> found(String kind, Pattern pattern) throws IOException {
        Set<String> found = new TreeSet<>();
        for (String artifact : Checkout.ARTIFACTS) {
            Path sources = Checkout.root().resolve(artifact).resolve("src").resolve(kind).resolve("java");
            try (Stream<Path> files = Files.walk(sources)) {
                for (Path file : files.filter(it -> it.toString().endsWith(".java")).toList()) {
                    if (!file.endsWith(Path.of("settings", "Settings.java"))) {
                        pattern.matcher(Files.readString(file)).results().forEach(name -> found.add(name.group(1)));
                    }
                }
            }
        }
        assertFalse(found.isEmpty(), pattern.pattern());
        return found;
    }

    @Test
    void pageHasEverySettingOfTheClass() throws IOException {
        Set<String> page = documented("The library");
        page.addAll(Set.of(Settings.RUNTIME_VARIABLE, Settings.LOCAL_DATA_VARIABLE)); // in the column of defaults
        assertEquals(names(), page);
    }

    private static Set<String> names() {
        return Arrays.stream(Settings.class.getFields()).filter(field -> Modifier.isStatic(field.getModifiers()))
                .map(SettingsTest::value).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String value(Field field) {
        try {
            return (String) field.get(null);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void noOtherClassNamesAProperty() throws IOException {
        Set<String> elsewhere = found("main", OWN_PROPERTY);
        elsewhere.retainAll(names());
        assertEquals(Set.of(), elsewhere);
    }

    @Test
    void pageHasEveryLogger() throws IOException {
        assertEquals(found("main", LOGGER), documented("Loggers"));
    }

    @Test
    void pageHasEveryPropertyOfTheTests() throws IOException {
        Set<String> page = documented("Tests");
        page.removeIf(name -> !name.startsWith("sqlvdi.")); // a variable
        assertEquals(found("test", TEST_PROPERTY), page);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "2147483648", "1.5", "ten", "30s"})
    void wrongMillisecondsAreRefusedByName(String value) {
        System.setProperty(Settings.OPEN_DEVICE_WAIT_MILLIS, value);
        String message = assertThrows(IllegalArgumentException.class, Settings::openDeviceWaitMillis).getMessage();
        assertEquals("property io.github.sqlvdi.openDeviceWaitMillis is \"" + value
                + "\": expected 0 to 2147483647 milliseconds", message);
    }

    @Test
    void blankValueCountsAsNone() {
        System.setProperty(Settings.OPEN_DEVICE_WAIT_MILLIS, " ");
        System.setProperty(Settings.CHECKED, "");
        assertEquals(30_000, Settings.openDeviceWaitMillis());
        assertFalse(Settings.checked());
    }

    @ParameterizedTest
    @CsvSource({"true, true", "TRUE, true", " false , false"})
    void checkedIsReadInUpperAndLowerCase(String value, boolean expected) {
        System.setProperty(Settings.CHECKED, value);
        assertEquals(expected, Settings.checked());
    }

    @Test
    void wrongSettingIsRefusedByWhatCreatesOrOpensASet() {
        System.setProperty(Settings.CHECKED, "yes");
        String expected = "property io.github.sqlvdi.checked is \"yes\": expected true or false";
        String name = TestData.setName();
        assertEquals(expected, assertThrows(IllegalArgumentException.class,
                () -> VirtualDeviceSet.builder(name).provider(VdiProvider.EMBEDDED).create())
                .getMessage());
        assertEquals(expected, assertThrows(IllegalArgumentException.class,
                () -> ServerDeviceSet.builder(name).provider(VdiProvider.EMBEDDED).open()).getMessage());
    }
}
