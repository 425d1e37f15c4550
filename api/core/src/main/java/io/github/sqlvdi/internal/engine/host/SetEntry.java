package io.github.sqlvdi.internal.engine.host;

/**
 * A live device set.
 *
 * @param instance the instance name, "" for the default instance
 * @param name the set's name
 * @param control the key of its control region
 */
public record SetEntry(String instance, String name, RegionKey control) {}
