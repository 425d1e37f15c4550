package io.github.sqlvdi.internal.engine.host;

import java.util.UUID;

/**
 * Identifies a shared region, so that another process can map it. Process and handle may be read from shared memory, which
 * another process may change: {@link Host#openRegion} refuses a forged key, and a key of another set's region.
 *
 * @param process the id of the process that created the region
 * @param handle the region's handle in that process (on Linux its file descriptor)
 * @param set the random identity of the set that the region belongs to; it is part of the region's own name
 */
public record RegionKey(long process, long handle, UUID set) {}
