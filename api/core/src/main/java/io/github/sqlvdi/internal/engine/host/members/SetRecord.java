package io.github.sqlvdi.internal.engine.host.members;

import io.github.sqlvdi.internal.engine.host.RegionKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.UUID;

/**
 * The content of a set's file, from which other processes learn the set's name and region. It never changes after the set
 * can be found.
 *
 * <pre>
 *   0        8       12       16       20       24       32       40               56
 *   +--------+-------+--------+--------+--------+--------+--------+----------------+----------+------+
 *   | magic  |version|instance|  name  |   0    | process| handle |  set identity  | instance | name |
 *   | u64    | u32   |chars   | chars  |        | u64    | u64    |  16 bytes      | UTF-16           |
 *   +--------+-------+--------+--------+--------+--------+--------+----------------+----------+------+
 *   all numbers and characters big-endian
 * </pre>
 *
 * @param control the key of the control region, with the identity of the set
 * @param instance the instance name, "" for the default one
 * @param name the set's name
 */
public record SetRecord(RegionKey control, String instance, String name) {

    /** The largest number of UTF-16 units in each of the two names. */
    public static final int MAX_CHARACTERS = 1_024;

    private static final long MAGIC = 0x53514C5644495352L; // SQLVDISR
    private static final int VERSION = 2;
    private static final int HEADER_BYTES = 56;
    /** The size of the longest record in bytes. */
    public static final int MAX_BYTES = HEADER_BYTES + 2 * 2 * MAX_CHARACTERS;

    /** {@return the identity, which is different for every set, even of the same name} */
    public UUID identity() {
        return control.set();
    }

    /** Throws {@link IllegalArgumentException} if one of the names is too long for a record. */
    public static void requireNames(String instance, String name) {
        if (instance.length() > MAX_CHARACTERS || name.length() > MAX_CHARACTERS) {
            throw new IllegalArgumentException("the instance name has " + instance.length() + " and the set name "
                    + name.length() + " UTF-16 units; expected at most " + MAX_CHARACTERS + " each");
        }
    }

    /** {@return the record's bytes} */
    public ByteBuffer encode() {
        ByteBuffer bytes = ByteBuffer.allocate(HEADER_BYTES + 2 * (instance.length() + name.length()));
        bytes.putLong(MAGIC).putInt(VERSION).putInt(instance.length()).putInt(name.length()).putInt(0);
        bytes.putLong(control.process()).putLong(control.handle());
        bytes.putLong(identity().getMostSignificantBits()).putLong(identity().getLeastSignificantBits());
        // Not a charset encoder: it would change unpaired surrogates, which are legal in a name.
        bytes.asCharBuffer().put(instance).put(name);
        return bytes.rewind();
    }

    /**
     * Reads a record from exactly its bytes.
     *
     * @throws IOException if it is not a record of this version; the message says what is wrong
     */
    public static SetRecord parse(byte[] content) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(content);
        if (content.length < HEADER_BYTES || bytes.getLong() != MAGIC) {
            throw new IOException("the record of the set is damaged: it does not begin as one");
        }
        int version = bytes.getInt();
        if (version != VERSION) {
            throw new IOException("the record of the set has version " + version + "; expected " + VERSION
                    + ": the two processes use different versions of this library");
        }
        int instanceLength = bytes.getInt();
        int nameLength = bytes.getInt();
        if (Math.min(instanceLength, nameLength) < 0 || Math.max(instanceLength, nameLength) > MAX_CHARACTERS
                || content.length != HEADER_BYTES + 2 * (instanceLength + nameLength)) {
            throw new IOException("the record of the set is damaged: " + content.length + " bytes for names of "
                    + instanceLength + " and " + nameLength + " UTF-16 units");
        }
        bytes.getInt();
        RegionKey control = new RegionKey(bytes.getLong(), bytes.getLong(),
                new UUID(bytes.getLong(), bytes.getLong()));
        String names = bytes.asCharBuffer().toString();
        return new SetRecord(control, names.substring(0, instanceLength), names.substring(instanceLength));
    }
}
