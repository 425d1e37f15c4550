package io.github.sqlvdi.internal.engine;

import io.github.sqlvdi.internal.com.ComObjects;

/**
 * Creates objects of the embedded VDI's two classes, as CoCreateInstance would. They are COM objects whose vtables hold
 * upcall stubs, so callers use them in the same way as objects of {@code sqlvdi.dll}.
 */
public final class EmbeddedVdi {
    private EmbeddedVdi() {}

    /**
     * Creates a client device set.
     *
     * @return an IClientVirtualDeviceSet2 pointer with one reference; QueryInterface gives IClientVirtualDeviceSet too
     */
    public static long createClientSet() {
        ClientSet set = new ClientSet(Hosts.current());
        return ComObjects.export(set, set::close);
    }

    /**
     * Creates a server device set.
     *
     * @return an IServerVirtualDeviceSet2 pointer with one reference; QueryInterface gives IServerVirtualDeviceSet too
     */
    public static long createServerSet() {
        ServerSet set = new ServerSet(Hosts.current());
        return ComObjects.exportServerSet(set, new LegacyServerSet(set), set::close);
    }
}
