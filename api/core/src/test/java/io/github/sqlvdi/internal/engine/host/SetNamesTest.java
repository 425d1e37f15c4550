package io.github.sqlvdi.internal.engine.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.internal.engine.Hosts;
import io.github.sqlvdi.internal.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SetNamesTest {

    private static final RegionKey KEY = Keys.of(4711, 12);

    @RegisterExtension
    final NothingRemains clean = new NothingRemains();

    private final SetNames names = Hosts.current().names();
    private final Events events = new Events();

    @ParameterizedTest
    @ValueSource(strings = {"", "Backup", "../../etc/passwd", "Sicherung übers Netz \uD83D\uDCBE", "\uD800",
        "a\0b", "/"})
    void publishedSetIsFoundAndListed(String name) throws IOException {
        try (Presence presence = names.publish("INST", name, KEY, events)) {
            assertEquals(0, presence.slot());
            assertEquals(KEY, names.find("INST", name));
            assertEquals(List.of(new SetEntry("INST", name, KEY)), names.list());
        }
        assertNull(names.find("INST", name));
        assertEquals(List.of(), names.list());
    }

    @Test
    void longPathOfTheDirectoryDoesNotMatter() throws IOException {
        Path deep = Files.createDirectories(clean.directory().resolveSibling("x".repeat(200)).resolve("y".repeat(200)));
        System.setProperty(Settings.DIRECTORY, deep.resolve("sets").toString());
        try (Presence primary = names.publish("", "name", KEY, events);
                Presence server = names.join("", "name", 1, events)) {
            server.watch(0);
            assertEquals(0, primary.slot());
        }
    }

    @Test
    void namesAndInstancesAreKeptApart() throws IOException {
        try (Presence one = names.publish("", "name", KEY, events);
                Presence two = names.publish("", "Name", Keys.of(1, 2), events);
                Presence three = names.publish("I", "name", Keys.of(1, 3), events)) {
            assertEquals(KEY, names.find("", "name"));
            assertEquals(Keys.of(1, 2), names.find("", "Name"));
            assertEquals(Keys.of(1, 3), names.find("I", "name"));
            assertNull(names.find("i", "name"));
            assertEquals(3, Set.copyOf(names.list()).size());
            assertEquals(0, one.slot() + two.slot() + three.slot());
        }
    }

    @Test
    void nameOfALiveSetIsTaken() throws IOException {
        try (Presence first = names.publish("", "name", KEY, events)) {
            NameTakenException e = assertThrows(NameTakenException.class,
                    () -> names.publish("", "name", Keys.of(4711, 13), events));
            assertTrue(e.getMessage().contains("\"name\""), e.getMessage());
            assertEquals(KEY, names.find("", "name"));
            assertEquals(0, first.slot());
        }
        names.publish("", "name", KEY, events).close();
    }

    @Test
    void nameIsFreeAgainWhileOldMembersAreStillThere() throws Exception {
        Presence old = names.publish("", "name", KEY, events);
        Events serverEvents = new Events();
        Presence oldServer = names.join("", "name", 1, serverEvents);
        oldServer.watch(0);
        old.close();
        assertEquals("left 0", serverEvents.next());
        RegionKey other = Keys.of(4711, 13);
        try (Presence fresh = names.publish("", "name", other, events);
                Presence freshServer = names.join("", "name", 1, serverEvents)) {
            oldServer.close();
            freshServer.watch(0);
            assertEquals(other, freshServer.control());
            assertEquals(other, names.find("", "name"));
            assertEquals(0, fresh.slot());
        }
    }

    @Test
    void joiningWhatDoesNotExistIsRefused() {
        NoSuchSetException e = assertThrows(NoSuchSetException.class, () -> names.join("", "name", 1, events));
        assertTrue(e.getMessage().contains("\"name\""), e.getMessage());
    }

    @Test
    void slotOfALiveProcessIsTaken() throws IOException {
        try (Presence primary = names.publish("", "name", KEY, events)) {
            Presence server = names.join("", "name", 1, events);
            IOException e = assertThrows(IOException.class, () -> names.join("", "name", 1, events));
            assertTrue(e.getMessage().contains("slot 1"), e.getMessage());
            server.close();
            names.join("", "name", 1, events).close();
            assertEquals(0, primary.slot());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Presence.MAX_SLOT + 1, Integer.MIN_VALUE})
    void impossibleSlotsAreRefused(int slot) throws IOException {
        try (Presence primary = names.publish("", "name", KEY, events)) {
            assertThrows(IllegalArgumentException.class, () -> names.join("", "name", slot, events));
            assertEquals(0, primary.slot());
        }
    }
}
