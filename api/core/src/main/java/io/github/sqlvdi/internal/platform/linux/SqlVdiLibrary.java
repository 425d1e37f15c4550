package io.github.sqlvdi.internal.platform.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.github.sqlvdi.internal.memory.Native;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The functions of one {@code libsqlvdi.so}, grouped by the shape of their arguments: {@code this} first, pointers and
 * {@code time_t} 64 bits wide (VDI reference 13.2). The calls allocate nothing; any thread.
 */
final class SqlVdiLibrary {

    private static final MethodHandle OF_OBJECT = Native.downcall(FunctionDescriptor.ofVoid(JAVA_LONG));
    private static final MethodHandle PLAIN = Native.downcall(FunctionDescriptor.of(JAVA_INT, JAVA_LONG));
    private static final MethodHandle WITH_NAME = Native.downcall(
            FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle WITH_TWO = Native.downcall(
            FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle WITH_HANDLE = Native.downcall(
            FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_LONG));
    private static final MethodHandle COMPLETE = Native.downcall(
            FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG));

    private final Map<Symbol, MemorySegment> functions;
    private final MemorySegment getCommand;
    private final MemorySegment completeCommand;

    private SqlVdiLibrary(Map<Symbol, MemorySegment> functions) {
        this.functions = functions;
        this.getCommand = functions.get(Symbol.GET_COMMAND);
        this.completeCommand = functions.get(Symbol.COMPLETE_COMMAND);
    }

    /**
     * Finds the functions.
     *
     * @throws UnsupportedOperationException if a required one is missing; the message names all that are
     */
    static SqlVdiLibrary of(Path path, SymbolLookup symbols) {
        Map<Symbol, MemorySegment> found = find(symbols);
        List<Symbol> missing = missing(found).stream().filter(Symbol::required).toList();
        if (!missing.isEmpty()) {
            throw new UnsupportedOperationException(
                    String.format(Locale.ROOT,
                            "the library %s has no VDI of SQL Server on Linux: it lacks %s. Expected libsqlvdi.so of "
                                    + "the package ",
                            path, names(missing))
                            + "mssql-server; nm -D --defined-only shows what a library has");
        }
        return new SqlVdiLibrary(found);
    }

    private static Map<Symbol, MemorySegment> find(SymbolLookup symbols) {
        Map<Symbol, MemorySegment> found = new EnumMap<>(Symbol.class);
        for (Symbol symbol : Symbol.values()) {
            symbol.names().stream().flatMap(name -> symbols.find(name).stream()).findFirst()
                    .ifPresent(function -> found.put(symbol, function));
        }
        return found;
    }

    private static List<Symbol> missing(Map<Symbol, MemorySegment> found) {
        return Arrays.stream(Symbol.values()).filter(symbol -> !found.containsKey(symbol)).toList();
    }

    static String names(List<Symbol> symbols) {
        return symbols.stream().map(symbol -> String.join(" or ", symbol.names())).collect(Collectors.joining(", "));
    }

    /** Returns the functions that the library lacks. All of them are optional. */
    List<Symbol> missing() {
        return missing(functions);
    }

    boolean has(Symbol symbol) {
        return functions.containsKey(symbol);
    }

    MemorySegment function(Symbol symbol) {
        return functions.get(symbol);
    }

    /** Returns GetCommand without a lookup in the table, because it is on the hot path. */
    MemorySegment getCommand() {
        return getCommand;
    }

    /** Calls a constructor or destructor. */
    void ofObject(Symbol symbol, long object) {
        try {
            OF_OBJECT.invokeExact(functions.get(symbol), object);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    int plain(Symbol symbol, long object) {
        try {
            return (int) PLAIN.invokeExact(functions.get(symbol), object);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    int withName(Symbol symbol, long object, long name) {
        try {
            return (int) WITH_NAME.invokeExact(functions.get(symbol), object, name);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    /** Calls a function with two pointers, or with a time-out and a pointer. */
    static int withTwo(MemorySegment function, long object, long first, long second) {
        try {
            return (int) WITH_TWO.invokeExact(function, object, first, second);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    int mapBufferHandle(long object, int handle, long out) {
        try {
            return (int) WITH_HANDLE.invokeExact(functions.get(Symbol.MAP_BUFFER_HANDLE), object, handle, out);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    int completeCommand(long object, long command, int code, long bytes, long position) {
        try {
            return (int) COMPLETE.invokeExact(completeCommand, object, command, code, bytes, position);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }
}
