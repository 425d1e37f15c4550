package io.github.sqlvdi.peers;

import io.github.sqlvdi.internal.platform.NativeLibraries;
import java.util.function.Supplier;

/** Names a library as the machine's VDI for the length of a call, as a user would by the property. */
final class NativeProperty {

    private NativeProperty() {
    }

    static <T> T with(String library, Supplier<T> call) {
        String before = System.getProperty(NativeLibraries.PROPERTY);
        System.setProperty(NativeLibraries.PROPERTY, library);
        try {
            return call.get();
        } finally {
            if (before == null) {
                System.clearProperty(NativeLibraries.PROPERTY);
            } else {
                System.setProperty(NativeLibraries.PROPERTY, before);
            }
        }
    }

    static <T> T with(Peer peer, Supplier<T> call) {
        return with(peer.library().toString(), call);
    }
}
