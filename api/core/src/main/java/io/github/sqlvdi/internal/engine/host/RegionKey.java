package io.github.sqlvdi.internal.engine.host;

import java.util.UUID;

/**
 * What another process needs to map a shared region. Process and handle may travel through shared memory:
 * {@link Host#openRegion} refuses a forged key, and a key that leads to a region of another set.
 *
 * @param process the id of the process that created the region
 * @param handle the region's handle in that process (on Linux its file descriptor)
 * @param set the random identity of the set that the region belongs to; it is part of the region's own name
 */
public record RegionKey(long process, long handle, UUID set) {}
