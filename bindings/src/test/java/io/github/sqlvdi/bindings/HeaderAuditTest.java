package io.github.sqlvdi.bindings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import io.github.sqlvdi.bindings.ReferenceNumbers.Field;
import io.github.sqlvdi.bindings.ReferenceNumbers.Slot;
import io.github.sqlvdi.bindings.ReferenceNumbers.Struct;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles the reference's numbers as static assertions against {@code vdi.h}, for this machine and for Win64. */
class HeaderAuditTest {
    private static final String WINDOWS_COMPILER = "x86_64-w64-mingw32-gcc";

    /** Names of ours: Windows knows these two values only as results of HRESULT_FROM_WIN32. */
    private static final Set<String> NOT_IN_WINDOWS = Set.of("E_FILE_NOT_FOUND", "E_PROC_NOT_FOUND");

    @TempDir
    private Path folder;

    @Test
    void headerAgreesWithTheReferenceOnThisMachine() throws Exception {
        assertEquals("", compilerOfThisMachine().complaints(folder, audit(ReferenceNumbers.constants())));
    }

    @Test
    void headerAgreesWithTheReferenceOnWin64() throws Exception {
        assertEquals("", compilerForWindows().complaints(folder, audit(ReferenceNumbers.constants())));
    }

    @Test
    void auditRefusesAWrongNumber() throws Exception {
        Map<String, Integer> constants = ReferenceNumbers.constants();
        constants.put("VD_E_ABORT", 0x80770005);
        String complaints = compilerOfThisMachine().complaints(folder, audit(constants));
        assertTrue(complaints.contains("VD_E_ABORT"), complaints);
    }

    /** The codes that VDI borrows from Windows, checked against headers that are not ours. */
    @Test
    void borrowedCodesAreThoseOfWindows() throws Exception {
        StringBuilder c = new StringBuilder("#include <windows.h>\n");
        ReferenceNumbers.constants().forEach((name, value) -> {
            if (!name.startsWith("VD") && !NOT_IN_WINDOWS.contains(name)) {
                constant(c, name, value);
            }
        });
        assertEquals("", compilerForWindows().complaints(folder, c.toString()));
    }

    private static String audit(Map<String, Integer> constants) {
        StringBuilder c = new StringBuilder("""
                #include <stddef.h>
                #include "sqlvdi/vdi.h"
                typedef uint32_t DWORD;
                typedef unsigned long long DWORDLONG;
                typedef uint8_t BYTE;
                typedef const uint16_t *LPCWSTR;
                typedef const uint8_t *REFIID;
                """);
        for (Struct struct : ReferenceNumbers.structs()) {
            size(c, struct.name(), struct.size());
            check(c, String.format(Locale.ROOT, "_Alignof(%s) == %d", struct.name(), struct.alignment()));
            for (Field field : struct.fields()) {
                offset(c, struct.name(), field.name(), field.offset());
                size(c, String.format(Locale.ROOT, "((%s *) 0)->%s", struct.name(), field.name()), field.size());
            }
        }
        ReferenceNumbers.interfaces().forEach((name, slots) -> vtable(c, name, slots));
        constants.forEach((name, value) -> constant(c, name, value));
        return c.toString();
    }

    private static void vtable(StringBuilder c, String name, List<Slot> slots) {
        offset(c, name, "lpVtbl", 0);
        size(c, name, 8);
        size(c, name + "Vtbl", slots.size() * 8);
        for (Slot slot : slots) {
            offset(c, name + "Vtbl", slot.method(), slot.number() * 8);
            // Slots 0 to 2 are declared once for all interfaces, slots 3 to 10 of the second client set by the first.
            boolean inherited = name.equals("IClientVirtualDeviceSet2") && slot.number() < 11;
            String self = slot.number() < 3 ? "void" : inherited ? "IClientVirtualDeviceSet" : name;
            String result = slot.method().equals("AddRef") || slot.method().equals("Release") ? "DWORD" : "int32_t";
            String more = slot.parameters().isEmpty() ? "" : ", " + slot.parameters();
            check(c, String.format(Locale.ROOT, "_Generic(((%sVtbl *) 0)->%s, %s (*)(%s *%s): 1, default: 0)", name,
                    slot.method(), result, self, more));
        }
    }

    private static void size(StringBuilder c, String what, int size) {
        check(c, String.format(Locale.ROOT, "sizeof(%s) == %d", what, size));
    }

    private static void offset(StringBuilder c, String struct, String field, int offset) {
        check(c, String.format(Locale.ROOT, "offsetof(%s, %s) == %d", struct, field, offset));
    }

    private static void constant(StringBuilder c, String name, int value) {
        check(c, String.format(Locale.ROOT, "(unsigned) %s == 0x%08Xu", name, value));
    }

    private static void check(StringBuilder c, String condition) {
        c.append("_Static_assert(").append(condition).append(", \"").append(condition).append("\");\n");
    }

    private static CCompiler compilerOfThisMachine() {
        return CCompiler.ofThisMachine().orElseGet(() -> skip("no C compiler: install the package gcc or clang, "
                + "or name one with -Dsqlvdi.cc=... or CC"));
    }

    private static CCompiler compilerForWindows() {
        return CCompiler.onPath(WINDOWS_COMPILER).orElseGet(() -> skip("no " + WINDOWS_COMPILER
                + " on PATH: install the package gcc-mingw-w64-x86-64"));
    }

    private static CCompiler skip(String reason) {
        System.out.println("HeaderAuditTest skipped: " + reason);
        return abort(reason);
    }
}
