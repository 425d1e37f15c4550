package io.github.sqlvdi.internal.engine.host;

import java.util.UUID;

/** Keys and identities for tests that need no real region. */
public final class Keys {

    /** The identity of a set that there is not. */
    public static final UUID SET = new UUID(47, 11);

    private Keys() {
    }

    /** {@return a key, of a set of its own for each pair of numbers} */
    public static RegionKey of(long process, long handle) {
        return new RegionKey(process, handle, new UUID(process, handle));
    }
}
