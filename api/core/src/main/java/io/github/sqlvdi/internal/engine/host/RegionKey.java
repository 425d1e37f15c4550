package io.github.sqlvdi.internal.engine.host;

/**
 * What another process needs to map a shared region. Both values may travel through shared memory: a forged key is
 * found out by {@link Host#openRegion}.
 *
 * @param process the id of the process that created the region
 * @param handle the region's handle in that process (on Linux its file descriptor)
 */
public record RegionKey(long process, long handle) {}
