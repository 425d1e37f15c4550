package io.github.sqlvdi.internal.engine.host.members;

import io.github.sqlvdi.internal.engine.host.Presence;
import java.nio.ByteBuffer;
import java.util.UUID;

/**
 * The first message on a connection between two members of a set. The connecting side sends it, and the other side answers
 * with its own. After that only one more byte is sent: {@link #GOODBYE}, by the side that leaves in order.
 *
 * <pre>
 *   0       4         8      12     16               32         40
 *   +-------+---------+------+------+----------------+----------+
 *   | magic | version | from |  to  |  set identity  |  member  |
 *   +-------+---------+------+------+----------------+----------+
 *   all numbers big-endian
 * </pre>
 *
 * @param from the slot of the sender
 * @param to the slot of the receiver
 * @param set the identity of the set, see {@link SetRecord}
 * @param member a random number that identifies the sender, because a slot may have several holders in succession
 */
public record Hello(int from, int to, UUID set, long member) {

    /** The length of a hello. */
    public static final int BYTES = 40;
    /** The one byte after the hellos. */
    public static final byte GOODBYE = 0x21;

    private static final int MAGIC = 0x53515650; // SQVP
    private static final int VERSION = 1;

    /** {@return the message, 40 bytes} */
    public ByteBuffer encode() {
        return ByteBuffer.allocate(BYTES).putInt(MAGIC).putInt(VERSION).putInt(from).putInt(to)
                .putLong(set.getMostSignificantBits()).putLong(set.getLeastSignificantBits()).putLong(member).flip();
    }

    /** {@return the hello in exactly 40 bytes; null if they do not hold one} */
    public static Hello decode(ByteBuffer bytes) {
        if (bytes.getInt() != MAGIC || bytes.getInt() != VERSION) {
            return null;
        }
        Hello hello = new Hello(bytes.getInt(), bytes.getInt(), new UUID(bytes.getLong(), bytes.getLong()),
                bytes.getLong());
        return hello.from < 0 || hello.from > Presence.MAX_SLOT ? null : hello;
    }

    /** {@return the hello that the receiver of this one answers with} */
    Hello answer(long ownMember) {
        return new Hello(to, from, set, ownMember);
    }
}
