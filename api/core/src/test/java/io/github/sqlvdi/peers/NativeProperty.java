package io.github.sqlvdi.peers;

import io.github.sqlvdi.internal.settings.Settings;
import java.util.function.Supplier;

/** Names a library as the machine's VDI for the length of a call, as a user would by the property. */
final class NativeProperty {

    /** Names the peer that is registered with Windows; set by who has registered it. */
    private static final String REGISTERED = "sqlvdi.native.registered";

    private NativeProperty() {
    }

    /** Leaves the choice to the library that is found, whatever the environment of the tests sets. */
    static <T> T with(String library, Supplier<T> call) {
        return withProperty(Settings.PROVIDER, "automatic",
                () -> withProperty(Settings.LIBRARY, library, call));
    }

    /** Uses a peer: by its path, or as the registered one where it is registered with Windows. */
    static <T> T with(Peer peer, Supplier<T> call) {
        return isRegistered(peer) ? withProperty(Settings.PROVIDER, "automatic", call)
                : with(peer.library().toString(), call);
    }

    /** Whether Windows is to find this peer by itself. */
    static boolean isRegistered(Peer peer) {
        return peer.name().equals(System.getProperty(REGISTERED));
    }

    private static <T> T withProperty(String name, String value, Supplier<T> call) {
        String before = System.getProperty(name);
        System.setProperty(name, value);
        try {
            return call.get();
        } finally {
            if (before == null) {
                System.clearProperty(name);
            } else {
                System.setProperty(name, before);
            }
        }
    }
}
