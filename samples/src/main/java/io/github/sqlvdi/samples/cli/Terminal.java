package io.github.sqlvdi.samples.cli;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;

/** What the standard streams are connected to. */
final class Terminal {

    private static final int STDERR = 2;

    private Terminal() {
    }

    /** Whether standard error is a terminal; Java itself tells of input and output only. */
    @SuppressWarnings("restricted")
    static boolean onStandardError() {
        Linker linker = Linker.nativeLinker();
        SymbolLookup library = linker.defaultLookup();
        return library.find("isatty").or(() -> library.find("_isatty")).map(isatty -> {
            try {
                return (int) linker
                        .downcallHandle(isatty, FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT))
                        .invokeExact(STDERR) != 0;
            } catch (Throwable impossible) { // a C function throws nothing
                throw new AssertionError(impossible);
            }
        }).orElse(false);
    }
}
