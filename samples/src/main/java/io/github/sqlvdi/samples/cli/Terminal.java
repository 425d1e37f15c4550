package io.github.sqlvdi.samples.cli;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;

/** What the standard streams are connected to. */
final class Terminal {

    private static final int STDOUT = 1;
    private static final int STDERR = 2;

    private Terminal() {
    }

    /** Whether standard output is a terminal. */
    static boolean onStandardOutput() {
        return isTerminal(STDOUT);
    }

    /** Whether standard error is a terminal. */
    static boolean onStandardError() {
        return isTerminal(STDERR);
    }

    /** Java itself tells of input and output together only. */
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
                return false; // the command itself names the option that Java needs
            } catch (Throwable impossible) { // a C function throws nothing
                throw new AssertionError(impossible);
            }
        }).orElse(false);
    }
}
