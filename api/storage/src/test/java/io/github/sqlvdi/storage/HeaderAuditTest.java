package io.github.sqlvdi.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import io.github.sqlvdi.storage.internal.libcrypto.Crypto;
import io.github.sqlvdi.storage.internal.zstd.bindings.ZSTD_inBuffer_s;
import io.github.sqlvdi.storage.internal.zstd.bindings.ZSTD_outBuffer_s;
import io.github.sqlvdi.storage.internal.zstd.bindings.Zstd;
import java.io.File;
import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.GroupLayout;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.ValueLayout;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compares the generated bindings with the libraries' own headers, where these and a C++ compiler are installed: a C++ program
 * prints the types of the parameters and results of each function, each constant, and the offsets of the structures.
 */
class HeaderAuditTest {

    private static final String DESCRIPTOR = "$descriptor";
    private static final String MISSING = "missing";

    private static final String PRINTING = """
            #include <cstddef>
            #include <cstdio>
            #if __has_include(%1$s)
            #include %1$s
            #endif
            template <class T> struct Kind { static void show() { std::printf(" I%%d", (int) sizeof(T)); } };
            template <class T> struct Kind<T *> { static void show() { std::printf(" P"); } };
            template <> struct Kind<void> { static void show() { std::printf(" V"); } };
            template <class... A> struct Kinds { static void show() {} };
            template <class A, class... Rest> struct Kinds<A, Rest...> {
                static void show() { Kind<A>::show(); Kinds<Rest...>::show(); }
            };
            template <class R, class... A> void function(const char *name, R (*)(A...)) {
                std::printf("%%s", name);
                Kinds<R, A...>::show();
                std::puts("");
            }
            int main() {
            #if __has_include(%1$s)
            %2$s
            #else
                std::puts("missing");
            #endif
            }
            """;

    @TempDir
    private Path folder;

    @Test
    void bindingsOfLibcryptoAreThoseOfItsHeader() throws Exception {
        audit("<openssl/evp.h>", "libssl-dev", Crypto.class, List.of());
    }

    @Test
    void bindingsOfLibzstdAreThoseOfItsHeader() throws Exception {
        audit("<zstd.h>", "libzstd-dev", Zstd.class, List.of(ZSTD_inBuffer_s.layout(), ZSTD_outBuffer_s.layout()));
    }

    private void audit(String header, String debian, Class<?> bindings, List<MemoryLayout> structures)
            throws Exception {
        List<String> statements = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (Method method : methods(bindings)) {
            String name = method.getName();
            if (name.endsWith(DESCRIPTOR)) {
                String function = name.substring(0, name.length() - DESCRIPTOR.length());
                statements.add(String.format(Locale.ROOT, "function(\"%1$s\", (decltype(&%1$s)) nullptr);", function));
                expected.add(function + " " + words((FunctionDescriptor) call(method)));
            } else if (method.getReturnType() == int.class && method.getParameterCount() == 0
                    && !isFunction(bindings, name)) {
                statements.add(String.format(Locale.ROOT, "std::printf(\"%1$s %%d\\n\", (int) %1$s);", name));
                expected.add(name + " " + call(method));
            }
        }
        for (MemoryLayout structure : structures) {
            String name = structure.name().orElseThrow();
            statements.add(String.format(Locale.ROOT, "std::printf(\"%1$s %%d\\n\", (int) sizeof(%1$s));", name));
            expected.add(name + " " + structure.byteSize());
            for (MemoryLayout member : ((GroupLayout) structure).memberLayouts()) {
                String field = member.name().orElseThrow();
                statements.add(String.format(Locale.ROOT, "std::printf(\"%2$s %%d\\n\", (int) offsetof(%1$s, %2$s));",
                        name, field));
                expected.add(field + " " + structure.byteOffset(MemoryLayout.PathElement.groupElement(field)));
            }
        }
        assertTrue(expected.size() > 3, () -> "few of " + bindings + ": " + expected);
        List<String> printed =
                output(String.format(Locale.ROOT, PRINTING, header, String.join("\n", statements)));
        if (printed.equals(List.of(MISSING))) {
            skip("no " + header + ": install the package " + debian);
        }
        assertEquals(String.join("\n", expected), String.join("\n", printed));
    }

    private static List<Method> methods(Class<?> bindings) {
        return Arrays.stream(bindings.getDeclaredMethods()).filter(it -> Modifier.isPublic(it.getModifiers()))
                .sorted((one, other) -> one.getName().compareTo(other.getName())).toList();
    }

    private static boolean isFunction(Class<?> bindings, String name) {
        return methods(bindings).stream().anyMatch(it -> it.getName().equals(name + DESCRIPTOR));
    }

    private static Object call(Method method) throws IllegalAccessException, InvocationTargetException {
        return method.invoke(null);
    }

    private static String words(FunctionDescriptor descriptor) {
        List<String> words = new ArrayList<>(List.of(descriptor.returnLayout().map(HeaderAuditTest::word).orElse("V")));
        descriptor.argumentLayouts().forEach(it -> words.add(word(it)));
        return String.join(" ", words);
    }

    private static String word(MemoryLayout layout) {
        return switch (layout) {
            case java.lang.foreign.AddressLayout pointer -> "P";
            case ValueLayout.OfInt number -> "I" + number.byteSize();
            case ValueLayout.OfLong number -> "I" + number.byteSize();
            default -> throw new AssertionError("no function is expected to have a " + layout);
        };
    }

    private List<String> output(String text) throws IOException, InterruptedException {
        Path compiler = Stream.of("c++", "g++", "clang++").flatMap(HeaderAuditTest::onPath).findFirst()
                .orElseGet(() -> skip("no C++ compiler: install the package g++ or clang"));
        Path source = Files.writeString(folder.resolve("audit.cpp"), text);
        Path program = folder.resolve("audit");
        run(List.of(compiler.toString(), "-std=c++11", "-o", program.toString(), source.toString()));
        return run(List.of(program.toString()));
    }

    private List<String> run(List<String> command) throws IOException, InterruptedException {
        Path output = folder.resolve("output.txt");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IOException(command + " did not end within two minutes");
        }
        assertEquals(0, process.exitValue(), Files.readString(output));
        return Files.readAllLines(output);
    }

    private static Stream<Path> onPath(String name) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(it -> Path.of(it, name)).filter(Files::isExecutable);
    }

    private static <T> T skip(String reason) {
        System.out.println("HeaderAuditTest skipped: " + reason);
        return abort(reason);
    }
}
