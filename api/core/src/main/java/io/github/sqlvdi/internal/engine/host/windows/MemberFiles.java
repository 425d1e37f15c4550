package io.github.sqlvdi.internal.engine.host.windows;

import io.github.sqlvdi.internal.engine.host.MemberGoneException;
import io.github.sqlvdi.internal.engine.host.members.SetHash;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Locale;
import java.util.UUID;

/**
 * The files {@code <set identity>.<slot>.member} of the members of one set. A member holds its own file for its life.
 * The file contains a random number that no other user can read; the name of the member's pipe is computed from it.
 *
 * <pre>
 *   0        8        16       24
 *   +--------+--------+--------+
 *   | magic  |  random number  |     big-endian
 *   +--------+-----------------+
 * </pre>
 *
 * @param directory the private directory
 * @param set the set's identity
 */
record MemberFiles(Path directory, UUID set) {

    private static final long MAGIC = 0x53514C564449534DL; // SQLVDISM
    private static final int BYTES = 24;

    /**
     * Takes a slot.
     *
     * @return the locked file, or null if a live process holds the slot
     */
    LockedFile claim(int slot, UUID number) throws IOException {
        ByteBuffer content = ByteBuffer.allocate(BYTES).putLong(MAGIC).putLong(number.getMostSignificantBits())
                .putLong(number.getLeastSignificantBits());
        return LockedFile.claim(path(slot), content.flip());
    }

    /** Returns the name of the pipe of the member in a slot. */
    String pipeOf(int slot) throws IOException {
        byte[] content = LockedFile.read(path(slot), BYTES);
        if (content == null) {
            throw new MemberGoneException("there is no live process in that slot");
        }
        ByteBuffer bytes = ByteBuffer.wrap(content);
        if (content.length != BYTES || bytes.getLong() != MAGIC) {
            throw new IOException(path(slot) + " is damaged");
        }
        return pipe(new UUID(bytes.getLong(), bytes.getLong()));
    }

    /** Returns the name of the pipe for a random number. The name is a hash, so it does not reveal the number. */
    static String pipe(UUID number) {
        ByteBuffer bytes = ByteBuffer.allocate(16).putLong(number.getMostSignificantBits())
                .putLong(number.getLeastSignificantBits());
        return "\\\\.\\pipe\\sqlvdi-" + SetHash.of(bytes.array());
    }

    private Path path(int slot) {
        return directory.resolve(String.format(Locale.ROOT, "%016x%016x.%d.member", set.getMostSignificantBits(),
                set.getLeastSignificantBits(), slot));
    }
}
