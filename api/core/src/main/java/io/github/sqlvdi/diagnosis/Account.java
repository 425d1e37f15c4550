package io.github.sqlvdi.diagnosis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A user of {@code /etc/passwd}, with the groups of {@code /etc/group}. Users and groups of directory services are not
 * found.
 *
 * @param name the user's name
 * @param uid the user's number
 * @param gid the number of the user's own group
 */
record Account(String name, int uid, int gid) {

    private static final int PASSWD_FIELDS = 4;
    private static final int GROUP_FIELDS = 3;
    private static final int MEMBERS = 3;

    static Optional<Account> named(Path root, String name) throws IOException {
        return all(root).filter(account -> account.name.equals(name)).findFirst();
    }

    static Optional<Account> numbered(Path root, int uid) throws IOException {
        return all(root).filter(account -> account.uid == uid).findFirst();
    }

    private static Stream<Account> all(Path root) throws IOException {
        return lines(root.resolve("etc/passwd"), PASSWD_FIELDS)
                .map(fields -> new Account(fields[0], number(fields[2]), number(fields[3])));
    }

    /** Returns the number of a group. */
    static Optional<Integer> group(Path root, String name) throws IOException {
        return lines(root.resolve("etc/group"), GROUP_FIELDS).filter(fields -> fields[0].equals(name))
                .map(fields -> number(fields[2])).findFirst();
    }

    static String groupName(Path root, int gid) throws IOException {
        return lines(root.resolve("etc/group"), GROUP_FIELDS).filter(fields -> number(fields[2]) == gid)
                .map(fields -> fields[0]).findFirst().orElse(Integer.toUnsignedString(gid));
    }

    /** Whether the group is the user's own group, or has the user as a member. */
    boolean belongsTo(Path root, int group) throws IOException {
        return gid == group || lines(root.resolve("etc/group"), GROUP_FIELDS)
                .filter(fields -> number(fields[2]) == group && fields.length > MEMBERS)
                .map(fields -> Set.of(fields[MEMBERS].split(",")))
                .anyMatch(members -> members.contains(name));
    }

    private static Stream<String[]> lines(Path file, int fields) throws IOException {
        List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
        return lines.stream().map(line -> line.split(":", -1)).filter(line -> line.length >= fields)
                .filter(line -> line[2].matches("\\d{1,10}"));
    }

    private static int number(String text) {
        return text.matches("\\d{1,10}") ? (int) Long.parseLong(text) : -1;
    }

    /** Returns the numbers in the line of {@code /proc/self/status} that starts with a word. */
    static Set<Integer> numbers(List<String> status, String word) {
        return status.stream().filter(line -> line.startsWith(word + ":"))
                .flatMap(line -> Arrays.stream(line.substring(word.length() + 1).strip().split("\\s+")))
                .filter(text -> !text.isEmpty()).map(Account::number).collect(Collectors.toSet());
    }
}
