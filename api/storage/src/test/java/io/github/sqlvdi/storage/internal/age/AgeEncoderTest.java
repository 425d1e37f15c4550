package io.github.sqlvdi.storage.internal.age;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.exceptionfactory.jagged.RecipientStanza;
import com.exceptionfactory.jagged.RecipientStanzaWriter;
import io.github.sqlvdi.storage.internal.cipher.CipherLibrary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The header of a stream. */
class AgeEncoderTest {

    private record Stanza(String type) implements RecipientStanza {

        @Override
        public String getType() {
            return type;
        }

        @Override
        public List<String> getArguments() {
            return List.of("argument");
        }

        @Override
        public byte[] getBody() {
            return new byte[32];
        }
    }

    @Test
    void headerThatIsLongerThanItsRoomIsRefused() {
        RecipientStanzaWriter writer = key -> Collections.nCopies(100, new Stanza("test"));
        IOException e = assertThrows(IOException.class, () -> new AgeEncoder(List.of(writer), CipherLibrary.JDK));
        assertTrue(e.getMessage().startsWith(
                "The header of the age format could not be made for 1 recipients, within 512 bytes: "), e.getMessage());
    }

    @Test
    void headerHasRoomForEveryRecipient() throws IOException {
        RecipientStanzaWriter writer = key -> List.of(new Stanza("X25519"));
        for (int count : new int[]{1, 2, 1_000}) {
            try (AgeEncoder encoder = new AgeEncoder(Collections.nCopies(count, writer), CipherLibrary.JDK)) {
                String header = new String(encoder.header(), StandardCharsets.ISO_8859_1);
                assertEquals(count, header.split("\n-> X25519 argument\n", -1).length - 1);
            }
        }
    }
}
