package io.github.sqlvdi.storage.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreLocationTest {

    @Test
    void objectHasBucketKeyAndParameters() {
        assertEquals(
                new StoreLocation("s3", "backups", "a b/c%20d+e.bak", Map.of("region", "x", "endpoint", "http://h:1")),
                StoreLocation.parse("S3://backups/a b/c%20d+e.bak?region=x&endpoint=http://h:1"));
        assertEquals(new StoreLocation("s3", "backups", "", Map.of()), StoreLocation.parse("s3://backups"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.bak", "/tmp/a?b=c.bak", "C:\\backups\\a.bak", "./-", "s3", "s3:/x",
        "\\\\server\\share\\a.bak"})
    void otherNamesArePaths(String name) {
        StoreLocation place = StoreLocation.parse(name);
        assertTrue(place.isFile());
        assertEquals(name, place.path());
        assertEquals(name, place.toString());
    }

    @Test
    void uriOfAFileIsItsPath() {
        assertEquals(Path.of("/tmp/a b"), StoreLocation.parse("file:///tmp/a%20b").file());
        assertEquals(Path.of("a b"), StoreLocation.parse("file:a%20b").file());
    }

    @Test
    void dashIsAStandardStream() {
        assertTrue(StoreLocation.parse("-").isStandardStream());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s3://b/k?x", "s3://b/k?x=", "s3://b/k?=x", "file://host with blank/x"})
    void wrongNameIsRefused(String name) {
        assertThrows(IllegalArgumentException.class, () -> StoreLocation.parse(name));
    }

    @Test
    void schemeWithoutStoreIsRefused() throws Exception {
        try (Stores stores = new Stores()) {
            IllegalArgumentException failure = assertThrows(IllegalArgumentException.class,
                    () -> stores.source("ftp://host/x"));
            assertTrue(failure.getMessage().contains("[file, s3]"), failure::getMessage);
        }
    }
}
