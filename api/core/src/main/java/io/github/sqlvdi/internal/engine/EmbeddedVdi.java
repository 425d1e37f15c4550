package io.github.sqlvdi.internal.engine;

import io.github.sqlvdi.internal.com.ComObjects;

/**
 * The embedded VDI's two classes, as CoCreateInstance would give them: COM objects whose vtables are upcall stubs, so that
 * the path through it is the path through {@code sqlvdi.dll}.
 */
public final class EmbeddedVdi {
    private EmbeddedVdi() {}

    /**
     * A new client device set.
     *
     * @return an IClientVirtualDeviceSet2 pointer with one reference; QueryInterface gives IClientVirtualDeviceSet too
     */
    public static long createClientSet() {
        ClientSet set = new ClientSet(Hosts.current());
        return ComObjects.export(set, set::close);
    }

    /**
     * A new server device set.
     *
     * @return an IServerVirtualDeviceSet2 pointer with one reference; QueryInterface gives IServerVirtualDeviceSet too
     */
    public static long createServerSet() {
        ServerSet set = new ServerSet(Hosts.current());
        return ComObjects.exportServerSet(set, new LegacyServerSet(set), set::close);
    }
}
