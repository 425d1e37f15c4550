package io.github.sqlvdi.storage.store;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Makes stores for names with some schemes. {@link Stores} finds implementations with {@link java.util.ServiceLoader}: name
 * yours in {@code META-INF/services/io.github.sqlvdi.storage.store.StoreProvider}, or in {@code provides} of a module.
 */
public interface StoreProvider {

    /** {@return the schemes of the names, in lower case, such as {@code s3}} */
    List<String> schemes();

    /**
     * Opens a store. The caller closes it.
     *
     * @param scheme one of {@link #schemes()}
     * @param parameters the settings in the name, such as {@code region}
     * @return the store, for all names with these settings
     * @throws IllegalArgumentException if a setting is not known or has no legal value
     * @throws IOException if the store cannot be used here; the message says what is missing
     */
    Store open(String scheme, Map<String, String> parameters) throws IOException;
}
