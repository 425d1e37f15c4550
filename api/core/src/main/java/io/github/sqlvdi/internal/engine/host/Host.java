package io.github.sqlvdi.internal.engine.host;

import java.io.IOException;
import java.util.UUID;

/**
 * The operating system as the engine uses it. There is one instance in a process. Any thread may call any method.
 */
public interface Host {

    /**
     * Creates a shared region: zeroed, sparse until written, mapped at an address divisible by 65,536. No process, not
     * even this one, can change its size afterwards, so no truncation can make an access fault.
     *
     * @param set the identity of the set that the region belongs to
     * @param bytes the size, at least 1; the mapping is rounded up to a multiple of 64 KiB
     * @throws IllegalArgumentException if {@code bytes} is not between 1 and 2^46
     * @throws IOException if the system refuses; the message names the call, the code and the size
     */
    SharedRegion createRegion(UUID set, long bytes) throws IOException;

    /**
     * Maps a region that another process (or this one) created. Owner, kind, set, size and seals are verified before
     * anything is mapped, so a wrong or hostile key only leads to an exception. If the same region is opened twice, it
     * is mapped twice, at two addresses.
     *
     * @param key the result of {@link SharedRegion#key()} in the creating process, which must still hold the region
     * @param bytes the size given to {@link #createRegion(UUID, long)}
     * @throws IllegalArgumentException if {@code bytes} is not between 1 and 2^46
     * @throws IOException if there is no such region, it belongs to another set or user, it could still be resized, or
     *         its size differs; the message says which
     */
    SharedRegion openRegion(RegionKey key, long bytes) throws IOException;

    /**
     * Sleeps while the 32-bit word at the address equals {@code expected}. The sleep ends when any process that maps the
     * word calls {@link #wakeAll(long)} on it, or when the time is over. Returns at once if the word differs. May return
     * early without a reason, and does so if the word is unmapped: check the word and the clock after each return.
     * Allocates nothing.
     *
     * @param wordAddress address of a word in a shared region, divisible by 4
     * @param expected the value that means "nothing has happened yet"
     * @param nanos the longest sleep in nanoseconds; 0 or less returns at once
     */
    void waitOn(long wordAddress, int expected, long nanos);

    /**
     * Wakes every thread of every process that sleeps in {@link #waitOn} on this word. Change the word first.
     *
     * @param wordAddress address of a word in a shared region, divisible by 4
     */
    void wakeAll(long wordAddress);

    /** {@return the names of the device sets of this user on this machine} */
    SetNames names();

    /**
     * {@return the system's estimate of the memory, in bytes, that is available now for buffer areas without making the
     * machine swap}
     */
    long availableMemory();
}
