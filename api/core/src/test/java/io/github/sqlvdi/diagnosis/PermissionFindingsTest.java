package io.github.sqlvdi.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.diagnosis.Diagnosis.Finding;
import io.github.sqlvdi.diagnosis.Diagnosis.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rights between SQL Server and this process, over made-up accounts. */
class PermissionFindingsTest {

    @TempDir
    private Path root;

    @BeforeEach
    void noGroupsShared() throws IOException {
        write("etc/passwd", "root:x:0:0:root:/root:/bin/sh\nanna:x:1000:1000::/home/anna:/bin/sh\n"
                + "mssql:x:10001:10001::/var/opt/mssql:/bin/false\nbroken line\n");
        write("etc/group", "anna:x:1000:\nmssql:x:10001:\nusers:x:100:mssql\n");
        process("0000", 1000, 1000, "1000 4");
    }

    private void write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private void process(String umask, int uid, int gid, String groups) throws IOException {
        write("proc/self/status",
                String.format(Locale.ROOT,
                        "Name:\tjava\nUmask:\t%s\nUid:\t%2$d\t%2$d\t%2$d\t%2$d\nGid:\t%3$d\t%3$d\t%3$d\t%3$d\n", umask,
                        uid, gid) + "Groups:\t" + groups + " \n");
    }

    private List<Finding> find() {
        return PermissionFindings.find(root, true);
    }

    private List<String> texts() {
        return find().stream().map(finding -> finding.severity() + " " + finding.subject() + ": " + finding.text())
                .toList();
    }

    @Test
    void neitherUserInTheOthersGroupIsTwoProblemsWithTheirCommands() {
        assertEquals(List.of("GOOD umask: 0000, the group may read and write what this process creates",
                "PROBLEM groups: this process (user anna) is not in group mssql",
                "PROBLEM groups: user mssql is not in group anna of this process (user anna)"), texts());
        assertTrue(find().get(1).cure().orElseThrow().startsWith("usermod -a -G mssql anna; "),
                find().get(1)::toString);
        assertTrue(find().get(2).cure().orElseThrow().startsWith("usermod -a -G anna mssql; "),
                find().get(2)::toString);
    }

    @Test
    void bothWaysOfMembershipAreGood() throws IOException {
        write("etc/group", "anna:x:1000:bert,mssql\nmssql:x:10001:anna\n");
        process("0002", 1000, 1000, "1000 10001");
        assertEquals(List.of("GOOD umask: 0002, the group may read and write what this process creates",
                "GOOD groups: this process (user anna) is in group mssql",
                "GOOD groups: user mssql is in group anna of this process"), texts());
    }

    @Test
    void membershipThatTheRunningProcessDoesNotHaveYetIsAProblem() throws IOException {
        write("etc/group", "anna:x:1000:mssql\nmssql:x:10001:anna\n");
        assertEquals("PROBLEM groups: this process (user anna) is not in group mssql", texts().get(1));
    }

    @Test
    void groupThatBothHaveAsTheirOwnIsGood() throws IOException {
        write("etc/passwd", "anna:x:1000:10001::/home/anna:/bin/sh\nmssql:x:10001:10001::/:/bin/false\n");
        process("0002", 1000, 10001, "");
        assertEquals(List.of(Severity.GOOD, Severity.GOOD, Severity.GOOD),
                find().stream().map(Finding::severity).toList());
    }

    @Test
    void userOfSqlServerNeedsNoGroups() throws IOException {
        process("0000", 10001, 10001, "10001");
        assertEquals("GOOD groups: this process runs as user mssql", texts().get(1));
    }

    @Test
    void umaskThatTakesRightsFromTheGroupIsAProblemOnlyWhereTheLibraryIsUsed() throws IOException {
        process("0022", 1000, 1000, "");
        assertEquals(Severity.PROBLEM, find().getFirst().severity());
        assertEquals(Severity.NOTE, PermissionFindings.find(root, false).getFirst().severity());
        assertTrue(find().getFirst().cure().orElseThrow().endsWith("umask 0"), find().getFirst()::toString);
    }

    @Test
    void machineWithoutSqlServerIsNoProblem() throws IOException {
        write("etc/passwd", "anna:x:1000:1000::/home/anna:/bin/sh\n");
        assertEquals(Severity.NOTE, find().getLast().severity());
    }

    @Test
    void unreadableStatusIsAFinding() throws IOException {
        Files.delete(root.resolve("proc/self/status"));
        assertTrue(find().getFirst().text().contains("cannot be read"), find().getFirst().text());
    }
}
