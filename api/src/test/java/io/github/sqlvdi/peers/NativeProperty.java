package io.github.sqlvdi.peers;

import io.github.sqlvdi.internal.platform.NativeLibraries;
import io.github.sqlvdi.internal.platform.Providers;
import java.util.function.Supplier;

/** Names a library as the machine's VDI for the length of a call, as a user would by the property. */
final class NativeProperty {

    /** Set by who has registered the peer with Windows. */
    private static final String REGISTERED = "sqlvdi.native.registered";

    private NativeProperty() {
    }

    /** The choice is left to what is found, whatever the environment of the tests says. */
    static <T> T with(String library, Supplier<T> call) {
        return withProperty(Providers.PROPERTY, "automatic",
                () -> withProperty(NativeLibraries.PROPERTY, library, call));
    }

    /** Uses a peer: by its path, or as the registered one where this says that it is registered with Windows. */
    static <T> T with(Peer peer, Supplier<T> call) {
        if (Boolean.getBoolean(REGISTERED)) {
            return call.get();
        }
        return with(peer.library().toString(), call);
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
