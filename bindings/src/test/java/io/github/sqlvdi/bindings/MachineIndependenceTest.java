package io.github.sqlvdi.bindings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * One set of classes must do on Windows and Linux. The layouts whose width differs can be had only by asking the linker
 * for their C name, and the name is then a string constant of the class that asks.
 */
class MachineIndependenceTest {
    private static final Set<String> MACHINE_DEPENDENT = Set.of("long", "wchar_t", "size_t", "time_t");

    @Test
    void noGeneratedClassNamesALayoutWhoseWidthDiffers() throws IOException, URISyntaxException {
        Path classes = Path.of(VDConfig.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        List<String> found = new ArrayList<>();
        int read = 0;
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
                read++;
                stringConstants(Files.newInputStream(file)).stream().filter(MACHINE_DEPENDENT::contains)
                        .forEach(name -> found.add(classes.relativize(file) + " asks for \"" + name + '"'));
            }
        }
        assertTrue(read > 50, () -> "too few classes in " + classes);
        assertEquals(List.of(), found);
    }

    @Test
    void aClassThatNamesOneWouldBeFound() throws IOException {
        InputStream guilty =
                MachineDependent.class.getResourceAsStream("MachineIndependenceTest$MachineDependent.class");
        Set<String> names = stringConstants(guilty);
        names.retainAll(MACHINE_DEPENDENT);
        assertEquals(MACHINE_DEPENDENT, names);
    }

    /** What the test looks for; never initialised. */
    private static final class MachineDependent {
        static final List<MemoryLayout> LAYOUTS = Stream.of("long", "wchar_t", "size_t", "time_t")
                .map(Linker.nativeLinker().canonicalLayouts()::get).toList();
    }

    /** The string literals of a class file, from its constant pool (JVMS 4.4). */
    private static Set<String> stringConstants(InputStream classFile) throws IOException {
        Map<Integer, String> texts = new HashMap<>();
        List<Integer> strings = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(classFile)) {
            in.skipNBytes(8);
            int count = in.readUnsignedShort();
            for (int i = 1; i < count; i++) {
                int tag = in.readUnsignedByte();
                switch (tag) {
                    case 1 -> texts.put(i, in.readUTF());
                    case 8 -> strings.add(in.readUnsignedShort());
                    case 3, 4, 9, 10, 11, 12, 17, 18 -> in.skipNBytes(4);
                    case 5, 6 -> {
                        in.skipNBytes(8);
                        i++;
                    }
                    case 7, 16, 19, 20 -> in.skipNBytes(2);
                    case 15 -> in.skipNBytes(3);
                    default -> throw new IOException("constant pool tag " + tag);
                }
            }
        }
        Set<String> literals = new TreeSet<>();
        strings.forEach(index -> literals.add(texts.get(index)));
        return literals;
    }
}
