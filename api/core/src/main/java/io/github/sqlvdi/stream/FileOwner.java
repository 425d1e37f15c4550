package io.github.sqlvdi.stream;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;

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

    /**
     * Gives a replacement the permissions and the owner of the existing file. A user may have the right to write a file
     * that another user owns, but not the right to give files to that user. In this case the owner changes, and the
     * permissions stay.
     */
    static void restore(Path existing, Path replacement) throws IOException {
        if (!Files.exists(existing)) {
            return;
        }
        PosixFileAttributeView to = Files.getFileAttributeView(replacement, PosixFileAttributeView.class);
        if (to != null) {
            PosixFileAttributes from = Files.readAttributes(existing, PosixFileAttributes.class);
            PosixFileAttributes now = to.readAttributes();
            try {
                if (!from.group().equals(now.group())) {
                    to.setGroup(from.group());
                }
                if (!from.owner().equals(now.owner())) {
                    to.setOwner(from.owner());
                }
            } catch (IOException mayNot) {
                LOG.log(System.Logger.Level.WARNING,
                        String.format(Locale.ROOT, "%s: owner or group of the replaced file cannot be kept", existing),
                        mayNot);
            }
            to.setPermissions(from.permissions());
            return;
        }
        AclFileAttributeView from = Files.getFileAttributeView(existing, AclFileAttributeView.class);
        AclFileAttributeView acl = Files.getFileAttributeView(replacement, AclFileAttributeView.class);
        if (from != null && acl != null) {
            acl.setAcl(from.getAcl());
        }
    }
}
