package io.github.sqlvdi.internal.provider;

import io.github.sqlvdi.bindings.Vdi;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds out, once, whether this JVM lets the library call native code, by calls that a JVM may deny. A class whose
 * initialisation was denied cannot be initialised again, so every entry point of the library checks here first.
 */
public final class NativeAccess {

    private static final boolean DENIED = isDenied();

    private NativeAccess() {
    }

    /**
     * Does nothing if native code can be called.
     *
     * @throws UnsupportedOperationException if the JVM denies it; the message names the option to start Java with
     */
    public static void require() {
        if (DENIED) {
            throw new UnsupportedOperationException(
                    "Java denies this library the native access without which nothing of VDI can be called: start Java with "
                            + option().orElseThrow());
        }
    }

    /** {@return whether the JVM denies native code to this library; false also if it permits it with a warning} */
    public static boolean denied() {
        return DENIED;
    }

    /**
     * {@return the option that this library needs beyond those that Java was started with, for example
     * {@code --enable-native-access=ALL-UNNAMED}; empty when native access is enabled}
     */
    public static Optional<String> option() {
        String without = Stream.of(NativeAccess.class.getModule(), Vdi.class.getModule())
                .filter(module -> !module.isNativeAccessEnabled())
                .map(module -> module.isNamed() ? module.getName() : "ALL-UNNAMED").distinct()
                .collect(Collectors.joining(","));
        return without.isEmpty() ? Optional.empty() : Optional.of("--enable-native-access=" + without);
    }

    private static boolean isDenied() {
        try {
            callRestricted();
            return false;
        } catch (IllegalCallerException | LinkageError e) { // a LinkageError where the initialisation of a class is denied
            if (isDenial(e)) {
                return true;
            }
            throw e;
        }
    }

    /** Makes one restricted call in each module of the library. */
    @SuppressWarnings("restricted")
    private static void callRestricted() {
        MemorySegment.NULL.reinterpret(0);
        Vdi.C_POINTER.byteSize();
    }

    private static boolean isDenial(Throwable failure) {
        String denial = IllegalCallerException.class.getName();
        for (Throwable it = failure; it != null; it = it.getCause()) {
            // When a class whose initialisation failed is needed again, the JVM has the first failure only as text.
            if (it instanceof IllegalCallerException || String.valueOf(it.getMessage()).contains(denial)) {
                return true;
            }
        }
        return false;
    }
}
