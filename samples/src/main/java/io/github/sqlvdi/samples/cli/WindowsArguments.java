package io.github.sqlvdi.samples.cli;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads the arguments from Windows. Java passes on only the characters of the machine's code page; it replaces others
 * by question marks or by similar characters.
 */
final class WindowsArguments {

    private static final int ASCII_END = 0x80;

    private WindowsArguments() {
    }

    /**
     * {@return the same arguments with all their characters} If the JVM denies native access, the arguments come back as
     * Java passed them: a command that needs the access says so itself, and the others run without it.
     */
    static String[] restore(String... arguments) {
        if (arguments.length == 0 || !System.getProperty("os.name").startsWith("Windows")) {
            return arguments;
        }
        return tail(commandLine(), arguments);
    }

    /**
     * Returns the last words of a command line if they match these arguments, otherwise the arguments. They do not
     * match if Java has replaced a wildcard by file names.
     */
    static String[] tail(String[] words, String... arguments) {
        int first = words.length - arguments.length;
        for (int i = 0; i < arguments.length; i++) {
            if (first < 0 || !sameButForLetters(words[first + i], arguments[i])) {
                return arguments;
            }
        }
        return Arrays.copyOfRange(words, first, words.length);
    }

    private static boolean sameButForLetters(String word, String argument) {
        if (word.length() != argument.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (word.charAt(i) < ASCII_END && word.charAt(i) != argument.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /**
     * {@return the words of the command line of the process; none if the JVM denies native access} The block of
     * CommandLineToArgvW is never freed.
     */
    private static String[] commandLine() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment count = arena.allocate(ValueLayout.JAVA_INT);
            MemorySegment line = (MemorySegment) link("kernel32", "GetCommandLineW",
                    FunctionDescriptor.of(ValueLayout.ADDRESS)).invokeExact();
            MemorySegment words = (MemorySegment) link("shell32", "CommandLineToArgvW",
                    FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.ADDRESS))
                    .invokeExact(line, count);
            String[] result = new String[words.address() == 0 ? 0 : count.get(ValueLayout.JAVA_INT, 0)];
            for (int i = 0; i < result.length; i++) {
                result[i] = text(words, i);
            }
            return result;
        } catch (IllegalCallerException denied) {
            return new String[0];
        } catch (Throwable impossible) { // C functions throw nothing
            throw new AssertionError(impossible);
        }
    }

    @SuppressWarnings("restricted")
    private static String text(MemorySegment words, int index) {
        return words.reinterpret((index + 1) * ValueLayout.ADDRESS.byteSize())
                .getAtIndex(ValueLayout.ADDRESS, index).reinterpret(Long.MAX_VALUE)
                .getString(0, StandardCharsets.UTF_16LE);
    }

    @SuppressWarnings("restricted")
    private static MethodHandle link(String library, String name, FunctionDescriptor descriptor) {
        return Linker.nativeLinker().downcallHandle(
                SymbolLookup.libraryLookup(library, Arena.global()).find(name).orElseThrow(), descriptor);
    }
}
