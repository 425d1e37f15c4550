package io.github.sqlvdi.internal.engine.host.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.internal.engine.Hosts;
import io.github.sqlvdi.internal.engine.host.Events;
import io.github.sqlvdi.internal.engine.host.Keys;
import io.github.sqlvdi.internal.engine.host.NothingRemains;
import io.github.sqlvdi.internal.engine.host.Presence;
import io.github.sqlvdi.internal.engine.host.RegionKey;
import io.github.sqlvdi.internal.engine.host.SetEntry;
import io.github.sqlvdi.internal.engine.host.SetNames;
import io.github.sqlvdi.internal.engine.host.UnsafeDirectoryException;
import io.github.sqlvdi.internal.engine.host.members.SetRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@EnabledOnOs(OS.LINUX)
class LinuxSetNamesTest {

    private static final RegionKey KEY = Keys.of(4711, 12);

    @RegisterExtension
    final NothingRemains clean = new NothingRemains();

    private final SetNames names = Hosts.current().names();
    private final Events events = new Events();

    @Test
    void leftoversAreSweptByEveryCall() throws IOException {
        Path folder = leftOver("name");
        assertNull(names.find("", "other"));
        assertTrue(Files.notExists(folder));
        leftOver("name");
        assertEquals(List.of(), names.list());
        assertTrue(Files.notExists(folder));
        leftOver("name");
        try (Presence presence = names.publish("", "name", KEY, events)) {
            assertEquals(KEY, names.find("", "name"));
            assertEquals(0, presence.slot());
        }
    }

    @Test
    void leftoverUnderTheNameOfAnEndedSetOfThisProcessIsSwept() throws IOException {
        try (Presence presence = names.publish("", "name", KEY, events)) {
            assertNull(names.find("", "other"));
            assertEquals(KEY, names.find("", "name"), "a sweep leaves " + presence);
        }
        Path folder = leftOver("name");
        assertNull(names.find("", "other"));
        assertTrue(Files.notExists(folder));
    }

    /** What a killed primary and its server leave, and a process killed between creation and publication. */
    private Path leftOver(String name) throws IOException {
        Path folder = FolderName.of(PrivateDirectory.require(), "", name);
        PrivateDirectory.createFolder(folder);
        RecordFile.write(new SetRecord(KEY, "", name), folder);
        for (String file : List.of("0.lock", "1.lock", "0.socket", "1.socket")) {
            Files.createFile(folder.resolve(file));
        }
        PrivateDirectory.createFolder(FolderName.hidden(folder));
        return folder;
    }

    @Test
    void foreignEntriesOfTheDirectoryAreLeftAlone() throws IOException {
        Path foreign = Files.createFile(PrivateDirectory.require().resolve("notes.txt"));
        assertEquals(List.of(), names.list());
        Files.delete(foreign);
    }

    @Test
    void recordOfAnotherVersionDoesNotHideTheOtherSets() throws IOException {
        try (Presence one = names.publish("", "one", KEY, events);
                Presence two = names.publish("", "two", KEY, events)) {
            Path record = FolderName.of(PrivateDirectory.require(), "", "one").resolve(RecordFile.NAME);
            byte[] content = Files.readAllBytes(record);
            content[11] = 99;
            Files.write(record, content);
            assertEquals(List.of(new SetEntry("", "two", KEY)), names.list());
            IOException e = assertThrows(IOException.class, () -> names.find("", "one"));
            assertTrue(e.getMessage().contains("version 99"), e.getMessage());
            assertEquals(0, one.slot() + two.slot());
        }
    }

    @Test
    void unsafeDirectoryIsRefusedByEveryCall() throws IOException {
        Path directory = PrivateDirectory.require();
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwx---"));
        assertThrows(UnsafeDirectoryException.class, () -> names.publish("", "name", KEY, events));
        assertThrows(UnsafeDirectoryException.class, () -> names.join("", "name", 1, events));
        assertThrows(UnsafeDirectoryException.class, () -> names.find("", "name"));
        assertThrows(UnsafeDirectoryException.class, names::list);
    }

    @Test
    void everythingInASetsFolderIsPrivate() throws IOException {
        try (Presence primary = names.publish("", "name", KEY, events);
                Presence server = names.join("", "name", 1, events)) {
            Path folder = FolderName.of(PrivateDirectory.require(), "", "name");
            assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)));
            for (String file : NothingRemains.names(folder)) {
                assertEquals("rw-------", PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(folder.resolve(file))), file);
            }
            assertEquals(1, primary.slot() + server.slot());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", "link", "fifo", "lock is a folder", "record is a folder", "full subfolder",
        "closed folder", "hidden file"})
    void oddEntryStopsNoSet(String kind) throws Exception {
        Path odd = PrivateDirectory.require().resolve("0123456789abcdef0123456789abcdef");
        odd = makeOdd(odd, kind);
        try (Presence primary = names.publish("", "name", KEY, events);
                Presence server = names.join("", "name", 1, events)) {
            server.watch(0);
            assertEquals(KEY, names.find("", "name"));
            assertEquals(List.of(new SetEntry("", "name", KEY)), names.list());
            assertEquals(0, primary.slot());
        } finally {
            remove(odd);
        }
    }

    private static Path makeOdd(Path odd, String kind) throws Exception {
        switch (kind) {
            case "file" -> Files.createFile(odd);
            case "link" -> Files.createSymbolicLink(odd, Path.of("/var"));
            case "fifo" -> assertEquals(0, new ProcessBuilder("mkfifo", odd.toString()).start().waitFor());
            case "lock is a folder" -> Files.createDirectories(odd.resolve("0.lock"));
            case "record is a folder" -> Files.createDirectories(odd.resolve(RecordFile.NAME));
            case "full subfolder" -> Files.createDirectories(odd.resolve("sub").resolve("x"));
            case "closed folder" -> Files.createDirectory(odd, PosixFilePermissions.asFileAttribute(
                    PosixFilePermissions.fromString("---------")));
            default -> {
                Path hidden = odd.resolveSibling(odd.getFileName() + ".0123456789abcdef");
                return Files.createFile(hidden);
            }
        }
        return odd;
    }

    /** Removes the entry, which the sweeping may have renamed. */
    private static void remove(Path odd) throws IOException {
        for (String name : NothingRemains.names(odd.getParent())) {
            Path entry = odd.resolveSibling(name);
            if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                for (String part : List.of("sub/x", "sub", "0.lock", RecordFile.NAME)) {
                    Files.deleteIfExists(entry.resolve(part));
                }
            }
            Files.deleteIfExists(entry);
        }
    }

    @Test
    void oddEntryInThePlaceOfASetIsNamed() throws IOException {
        Path odd = Files.createFile(FolderName.of(PrivateDirectory.require(), "", "name"));
        IOException e = assertThrows(IOException.class, () -> names.publish("", "name", KEY, events));
        assertTrue(e.getMessage().contains(odd + " is not a folder of this library; remove it"), e.getMessage());
        Files.delete(odd);
    }

    @Test
    void everyDescriptorOfAMemberIsClosedByExec() throws IOException {
        Set<String> before = Set.copyOf(NothingRemains.names(Path.of("/proc/self/fd")));
        try (Presence primary = names.publish("", "name", KEY, events);
                Presence server = names.join("", "name", 1, events)) {
            server.watch(0);
            List<String> ours = new ArrayList<>(NothingRemains.names(Path.of("/proc/self/fd")));
            ours.removeAll(before);
            int checked = 0;
            for (String descriptor : ours) {
                Path info = Path.of("/proc/self/fdinfo", descriptor);
                if (Files.exists(info)) { // not the one that listed the directory
                    String flags = Files.readAllLines(info).get(1).replace("flags:", "").strip();
                    assertTrue((Long.parseLong(flags, 8) & LinuxCalls.O_CLOEXEC) != 0,
                            descriptor + " has flags " + flags);
                    checked++;
                }
            }
            assertTrue(checked >= 8, "folder, lock, listener and event of two members, and two links, but " + checked);
            assertEquals(0, primary.slot());
        }
    }
}
