package io.github.sqlvdi.stream;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** Copies the permissions and the owner of a file to the file that replaces it. */
final class FileOwner {

    private static final System.Logger LOG = System.getLogger("io.github.sqlvdi.stream");

    private FileOwner() {
    }

    /** Lets only this user read the replacement of an existing file, until it gets the permissions of that file. */
    static void protect(Path existing, Path replacement) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(replacement, PosixFileAttributeView.class);
        if (view != null && Files.exists(existing)) {
            view.setPermissions(PosixFilePermissions.fromString("rw-------"));
        }
    }

    private interface Change {
        void run() throws IOException;
    }

    private static boolean attempt(Path existing, String what, Change change) {
        try {
            change.run();
            return true;
        } catch (IOException mayNot) {
            LOG.log(System.Logger.Level.WARNING,
                    String.format(Locale.ROOT, "%s: the %s of the replaced file cannot be kept", existing, what),
                    mayNot);
            return false;
        }
    }

    private static Set<PosixFilePermission> withoutGroup(Set<PosixFilePermission> permissions) {
        Set<PosixFilePermission> left = EnumSet.noneOf(PosixFilePermission.class);
        for (PosixFilePermission permission : permissions) {
            boolean kept = switch (permission) {
                case GROUP_READ -> permissions.contains(PosixFilePermission.OTHERS_READ);
                case GROUP_WRITE -> permissions.contains(PosixFilePermission.OTHERS_WRITE);
                case GROUP_EXECUTE -> permissions.contains(PosixFilePermission.OTHERS_EXECUTE);
                default -> true;
            };
            if (kept) {
                left.add(permission);
            }
        }
        return left;
    }

    /**
     * Gives a replacement the permissions, the owner and the group of the existing file. A user may have the right to write
     * a file that another user owns, but not the right to give files to that user or group. Then the owner or the group
     * changes. A new group gets no permissions that other users do not have.
     */
    static void restore(Path existing, Path replacement) throws IOException {
        if (!Files.exists(existing)) {
            return;
        }
        PosixFileAttributeView to = Files.getFileAttributeView(replacement, PosixFileAttributeView.class);
        if (to != null) {
            PosixFileAttributes from = Files.readAttributes(existing, PosixFileAttributes.class);
            PosixFileAttributes now = to.readAttributes();
            boolean sameGroup = from.group().equals(now.group())
                    || attempt(existing, "group", () -> to.setGroup(from.group()));
            // The permissions first: a process that may give files away need not be able to change those of others.
            to.setPermissions(sameGroup ? from.permissions() : withoutGroup(from.permissions()));
            if (!from.owner().equals(now.owner())) {
                attempt(existing, "owner", () -> to.setOwner(from.owner()));
            }
            return;
        }
        AclFileAttributeView from = Files.getFileAttributeView(existing, AclFileAttributeView.class);
        AclFileAttributeView acl = Files.getFileAttributeView(replacement, AclFileAttributeView.class);
        if (from != null && acl != null) {
            acl.setAcl(from.getAcl());
        }
    }
}
