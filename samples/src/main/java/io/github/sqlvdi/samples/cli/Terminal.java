package io.github.sqlvdi.samples.cli;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;

/** Finds out whether the standard streams are terminals. */
final class Terminal {

    private static final int STDOUT = 1;
    private static final int STDERR = 2;

    private Terminal() {
    }

    /** {@return whether standard output is a terminal} */
    static boolean onStandardOutput() {
        return isTerminal(STDOUT);
    }

    /** {@return whether standard error is a terminal} */
    static boolean onStandardError() {
        return isTerminal(STDERR);
    }

    /** Calls C, because Java only tells whether standard input and output together are a terminal. */
    @SuppressWarnings("restricted")
    private static boolean isTerminal(int descriptor) {
        Linker linker = Linker.nativeLinker();
        SymbolLookup library = linker.defaultLookup();
        return library.find("isatty").or(() -> library.find("_isatty")).map(isatty -> {
            try {
                return (int) linker
                        .downcallHandle(isatty, FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT))
                        .invokeExact(descriptor) != 0;
            } catch (IllegalCallerException denied) {
                return false; // the command's own error names the missing option of Java
            } catch (Throwable impossible) { // a C function throws nothing
                throw new AssertionError(impossible);
            }
        }).orElse(false);
    }
}
