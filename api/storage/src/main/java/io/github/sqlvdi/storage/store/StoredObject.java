package io.github.sqlvdi.storage.store;

import java.time.Instant;

/**
 * Content of a store.
 *
 * @param location its place
 * @param size its size in bytes
 * @param modified when it was written
 */
public record StoredObject(StoreLocation location, long size, Instant modified) {
}
