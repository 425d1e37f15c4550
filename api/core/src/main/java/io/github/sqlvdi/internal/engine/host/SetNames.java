package io.github.sqlvdi.internal.engine.host;

import java.io.IOException;
import java.util.List;

/**
 * The names of device sets, visible to one user only. A name is any string. It is compared exactly (upper and lower case
 * differ) and never becomes part of a path. A set lives as long as its primary's process. If the primary is killed, the
 * next call of {@link #publish}, {@link #find} or {@link #list} recognises its entry as stale and removes it.
 */
public interface SetNames {

    /**
     * Makes this process the primary (slot 0) of a new set and publishes its name.
     *
     * @param instance the instance name, "" for the default instance
     * @param name the set's name
     * @param control the key of the set's control region, which other processes can open; it holds the set's identity
     * @param listener called when another process dies or leaves
     * @return this process's presence; closing it withdraws the name
     * @throws IllegalArgumentException if one of the names has more than 1,024 UTF-16 units
     * @throws NameTakenException if a live set has this name
     * @throws UnsafeDirectoryException if the directory of names is not private to this user
     * @throws IOException if the system refuses
     */
    Presence publish(String instance, String name, RegionKey control, Presence.Listener listener) throws IOException;

    /**
     * Joins a live set.
     *
     * @param instance the instance name, "" for the default instance
     * @param name the set's name
     * @param slot this process's slot: 1 for the server, from 2 for secondaries; at most {@link Presence#MAX_SLOT}
     * @param listener called when a watched process dies or leaves
     * @throws NoSuchSetException if there is no live set of this name
     * @throws UnsafeDirectoryException if the directory of names is not private to this user
     * @throws SlotTakenException if a live process has the slot
     * @throws IOException if the system refuses
     */
    Presence join(String instance, String name, int slot, Presence.Listener listener) throws IOException;

    /**
     * Returns the key of a live set's control region, or null if there is no such set.
     *
     * @throws UnsafeDirectoryException if the directory of names is not private to this user
     * @throws IOException if the system refuses
     */
    RegionKey find(String instance, String name) throws IOException;

    /**
     * Returns the live sets in no particular order.
     *
     * @throws UnsafeDirectoryException if the directory of names is not private to this user
     * @throws IOException if the system refuses
     */
    List<SetEntry> list() throws IOException;

    /**
     * Returns the place of the names, for messages to people.
     *
     * @throws UnsafeDirectoryException if the directory of names is not private to this user
     * @throws IOException if the system refuses
     */
    String place() throws IOException;
}
