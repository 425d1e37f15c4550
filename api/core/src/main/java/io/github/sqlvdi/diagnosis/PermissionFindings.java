package io.github.sqlvdi.diagnosis;

import io.github.sqlvdi.diagnosis.Diagnosis.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Checks whether SQL Server on Linux and this process can open each other's shared objects (VDI reference 13.3). This
 * needs a suitable umask, and each of the two users must be a member of the other's group.
 */
final class PermissionFindings {

    private static final String SQL_SERVER = "mssql";
    private static final String UMASK = "umask";
    private static final String GROUPS = "groups";
    private static final int GROUP_READ_WRITE = 060;
    private static final String RESTART = "; then restart the machine, SQL Server must see the new group";

    private final Path root;
    private final boolean matters;
    private final Findings findings = new Findings();

    private PermissionFindings(Path root, boolean matters) {
        this.root = root;
        this.matters = matters;
    }

    /**
     * Checks this process and the accounts.
     *
     * @param root the file system's root; another folder for tests
     * @param matters whether SQL Server's library is in use, so that a missing right is a problem
     * @return the findings
     */
    static List<Finding> find(Path root, boolean matters) {
        PermissionFindings look = new PermissionFindings(root, matters);
        try {
            List<String> status = Files.readAllLines(root.resolve("proc/self/status"));
            look.umask(status);
            look.groups(status);
        } catch (IOException e) {
            look.findings.note(GROUPS, "users, groups and umask cannot be read: " + e);
        }
        return look.findings.all();
    }

    private void umask(List<String> status) {
        Optional<String> line = status.stream().filter(it -> it.startsWith("Umask:")).findFirst();
        if (line.isEmpty()) {
            findings.note(UMASK, "this kernel does not tell it", "start Java from a shell after: umask 0");
            return;
        }
        String value = line.get().substring("Umask:".length()).strip();
        if ((Integer.parseInt(value, 8) & GROUP_READ_WRITE) == 0) {
            findings.good(UMASK, value + ", the group may read and write what this process creates");
        } else {
            findings.problemIf(matters, UMASK, value + " takes rights from the group: SQL Server cannot open what this "
                    + "process creates, unless both run as the same user", "start Java from a shell after: umask 0");
        }
    }

    private void groups(List<String> status) throws IOException {
        Optional<Account> server = Account.named(root, SQL_SERVER);
        if (server.isEmpty()) {
            findings.note(GROUPS,
                    String.format(Locale.ROOT,
                            "there is no user %s in /etc/passwd: SQL Server is not installed, or runs in a container",
                            SQL_SERVER));
            return;
        }
        Set<Integer> mine = new HashSet<>(Account.numbers(status, "Groups"));
        mine.addAll(Account.numbers(status, "Gid"));
        int uid = Account.numbers(status, "Uid").stream().findFirst().orElse(-1);
        String name = Account.numbered(root, uid).map(Account::name).orElse(Integer.toUnsignedString(uid));
        if (Account.numbers(status, "Uid").contains(server.get().uid())) {
            findings.good(GROUPS, "this process runs as user " + SQL_SERVER);
            return;
        }
        inGroupOfServer(name, mine);
        serverInGroup(server.get(), name, Account.numbers(status, "Gid").stream().findFirst().orElse(-1));
    }

    private void inGroupOfServer(String name, Set<Integer> mine) throws IOException {
        int group = Account.group(root, SQL_SERVER).orElse(-1);
        if (mine.contains(group)) {
            findings.good(GROUPS,
                    String.format(Locale.ROOT, "this process (user %s) is in group %s", name, SQL_SERVER));
        } else {
            findings.problemIf(matters, GROUPS,
                    String.format(Locale.ROOT, "this process (user %s) is not in group %s", name, SQL_SERVER),
                    String.format(Locale.ROOT, "usermod -a -G %s %s%s", SQL_SERVER, name, RESTART));
        }
    }

    private void serverInGroup(Account server, String name, int gid) throws IOException {
        String group = Account.groupName(root, gid);
        if (server.belongsTo(root, gid)) {
            findings.good(GROUPS,
                    String.format(Locale.ROOT, "user %s is in group %s of this process", SQL_SERVER, group));
        } else {
            findings.problemIf(matters, GROUPS,
                    String.format(Locale.ROOT, "user %s is not in group %s of this process (user %s)", SQL_SERVER,
                            group, name),
                    String.format(Locale.ROOT, "usermod -a -G %s %s%s", group, SQL_SERVER, RESTART));
        }
    }
}
