package io.github.sqlvdi.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.processes.Worker;
import io.github.sqlvdi.testing.Patience;
import io.github.sqlvdi.testing.QuickJvm;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A native program that knows DllGetClassObject and vtables only works against the embedded VDI, through the host library
 * of the samples, which starts the JVM. On Windows .ci/wine does the same by CoCreateInstance.
 */
@EnabledOnOs(OS.LINUX)
class ComHostIT {

    private static final Path NATIVE = Path.of("src/test/native");

    @TempDir
    private static Path folder;

    private record Ended(int code, String text) {
    }

    @BeforeAll
    static void compile() {
        HostBuild.linux(folder);
        String c = NativeBuild.required("C compiler", "gcc", "CC", "gcc", "cc", "clang");
        String cxx = NativeBuild.required("C++ compiler", "g++", "CXX", "g++", "c++", "clang++");
        List<String> includes = List.of("-I../../bindings/src/main/c/sqlvdi", "-I" + NATIVE.resolve("core"),
                "-I" + NATIVE.resolve("statement"), "-I" + NATIVE.resolve("client"));
        for (String part : List.of("client/drive.c", "statement/statement.c")) {
            compile(List.of(c, "-std=gnu11"), includes, "-c", NATIVE.resolve(part).toString(), "-o", object(part));
        }
        compile(List.of(cxx, "-std=c++17"), includes, NATIVE.resolve("driver/com_driver.cpp").toString(),
                object("client/drive.c"), object("statement/statement.c"), "-o",
                folder.resolve("com_driver").toString(), "-ldl", "-lpthread");
    }

    private static String object(String source) {
        return folder.resolve(Path.of(source).getFileName() + ".o").toString();
    }

    private static void compile(List<String> compiler, List<String> includes, String... more) {
        List<String> command = new ArrayList<>(compiler);
        command.addAll(List.of("-Wall", "-Wextra", "-Werror", "-O2"));
        command.addAll(includes);
        command.addAll(List.of(more));
        NativeBuild.run(command);
    }

    private static Ended drive(String javaHome, String classPath, int devices) throws IOException,
            InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(folder.resolve("com_driver").toString(),
                folder.resolve("libvdihost.so").toString(), Integer.toString(devices), "8388608");
        builder.environment().put("SQLVDI_JAVA_HOME", javaHome);
        builder.environment().put("SQLVDI_CLASS_PATH", classPath);
        builder.environment().put("SQLVDI_LOG", "all");
        builder.environment().put("SQLVDI_JAVA_OPTIONS",
                "-Dio.github.sqlvdi.directory=" + folder.resolve("sets") + " -Xmx256m "
                        + String.join(" ", QuickJvm.options()));
        Path output = folder.resolve("output");
        Process process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
        assertTrue(process.waitFor(Patience.SECONDS, TimeUnit.SECONDS), "the program ended");
        return new Ended(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void nativeProgramBacksUpAndRestoresAndWhatIsWrongIsRefused(int devices) throws Exception {
        Ended ended = drive(System.getProperty("java.home"), Worker.classPath(), devices);
        assertEquals(0, ended.code(), ended.text());
        assertTrue(ended.text().contains("restore over " + devices + " devices: " + devices * 128 + " commands"),
                ended.text());
        assertTrue(ended.text().contains("no such class or interface (0x80040111)"), ended.text());
        assertTrue(ended.text().contains("no such class or interface (0x80004002)"), ended.text());
        assertTrue(ended.text().contains("IClassFactory::CreateInstance: E_NOINTERFACE (0x80004002)"), ended.text());
        try (var left = Files.list(folder.resolve("sets"))) {
            assertEquals(List.of(), left.toList());
        }
    }

    @Test
    void classPathMayHaveAnyLetters() throws Exception {
        List<String> links = new ArrayList<>();
        for (String part : Worker.classPath().split(File.pathSeparator)) {
            Path link = Files.createDirectories(folder.resolve("schöne Klassen 備份 😀")).resolve("part " + links.size());
            links.add(Files.createSymbolicLink(link, Path.of(part)).toString());
        }
        Ended ended = drive(System.getProperty("java.home"), String.join(File.pathSeparator, links), 1);
        assertEquals(0, ended.code(), ended.text());
    }

    @Test
    void missingJvmIsAnHresultAndAMessage() throws Exception {
        Ended ended = drive("/nowhere", Worker.classPath(), 1);
        assertEquals(3, ended.code(), ended.text());
        assertTrue(ended.text().contains("no object: 0x8007007E"), ended.text());
        assertTrue(ended.text().contains("/nowhere/lib/server/libjvm.so"), ended.text());
    }

    @Test
    void settingsThatAreNotThereAreNamed() throws Exception {
        Ended withoutHome = drive("", Worker.classPath(), 1);
        assertEquals(3, withoutHome.code(), withoutHome.text());
        assertTrue(withoutHome.text().contains("no object: 0x8007007E"), withoutHome.text());
        assertTrue(withoutHome.text().contains("SQLVDI_JAVA_HOME is not set"), withoutHome.text());
        Ended withoutClasses = drive(System.getProperty("java.home"), "", 1);
        assertEquals(3, withoutClasses.code(), withoutClasses.text());
        assertTrue(withoutClasses.text().contains("no object: 0x800401F9"), withoutClasses.text());
        assertTrue(withoutClasses.text().contains("SQLVDI_CLASS_PATH is not set"), withoutClasses.text());
    }

    @Test
    void missingClassesAreAnHresultAndAMessage() throws Exception {
        Ended ended = drive(System.getProperty("java.home"), folder.toString(), 1);
        assertEquals(3, ended.code(), ended.text());
        assertTrue(ended.text().contains("no object: 0x800401F9"), ended.text());
        assertTrue(ended.text().contains("has no class io.github.sqlvdi.embedded.VdiClassObjects"), ended.text());
    }
}
