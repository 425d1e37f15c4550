package io.github.sqlvdi.peers;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The peers' sources are right for Win64, too: a compiler for Windows takes them all without a warning. */
class WindowsCompileTest {

    @Test
    void everySourceCompilesForWindows() {
        String c = NativeBuild.required("C compiler for Windows", "gcc-mingw-w64-x86-64-posix", null,
                "x86_64-w64-mingw32-gcc");
        String cxx = NativeBuild.required("C++ compiler for Windows", "g++-mingw-w64-x86-64-posix", null,
                "x86_64-w64-mingw32-g++");
        assertTrue(NativeBuild.compileAll(c, cxx, "windows.objects") > 10, "sources found");
    }
}
