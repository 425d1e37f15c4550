/**
 * Stores for backups behind one kind of name: {@code s3://bucket/key}, {@code file:///folder/name}, a plain path, or
 * {@code -} for a standard stream. {@link io.github.sqlvdi.storage.store.Stores} finds the store of a name; other stores
 * join as {@link io.github.sqlvdi.storage.store.StoreProvider} services.
 */
@NullMarked
package io.github.sqlvdi.storage.store;

import org.jspecify.annotations.NullMarked;
