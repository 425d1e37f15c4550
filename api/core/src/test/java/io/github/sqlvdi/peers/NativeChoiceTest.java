package io.github.sqlvdi.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.VdiProvider;
import io.github.sqlvdi.internal.platform.Providers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The choice of an implementation when a library is named, and the message when it cannot be used. */
class NativeChoiceTest {

    @TempDir
    private Path folder;

    @Test
    void automaticTakesTheLibraryThatIsNamed() {
        Providers.Choice choice = NativeProperty.with(Peer.C, () -> Providers.decide(VdiProvider.AUTOMATIC));
        assertEquals("native: " + Peer.C.library(), choice.provider().name());
        assertEquals("property io.github.sqlvdi.provider: property io.github.sqlvdi.library names " + Peer.C.library(),
                choice.reason());
    }

    @Test
    void embeddedIsTakenInSpiteOfALibraryWhenTheProgramSaysSo() {
        assertEquals("embedded", NativeProperty.with(Peer.C, () -> Providers.choose(VdiProvider.EMBEDDED)).name());
    }

    @Test
    void missingLibraryIsAnErrorAndNotTheEmbeddedOne() {
        String path = folder.resolve("none.so").toString();
        for (VdiProvider wish : new VdiProvider[]{VdiProvider.AUTOMATIC, VdiProvider.NATIVE}) {
            String message = assertThrows(UnsupportedOperationException.class,
                    () -> NativeProperty.with(path, () -> Providers.choose(wish))).getMessage();
            assertTrue(message.startsWith("the library " + path + " does not exist"), message);
            assertTrue(message.contains("io.github.sqlvdi.library") && message.contains("SQLVDI_LIBRARY"), message);
        }
    }

    @Test
    void fileThatIsNoLibraryIsExplainedInTheLoadersWords() throws IOException {
        Path path = Files.writeString(folder.resolve("text.so"), "this is no library\n");
        String message = assertThrows(UnsupportedOperationException.class,
                () -> NativeProperty.with(path.toString(), () -> Providers.choose(VdiProvider.NATIVE))).getMessage();
        assertTrue(message.contains("cannot be loaded") && message.contains("text.so: "), message);
    }
}
