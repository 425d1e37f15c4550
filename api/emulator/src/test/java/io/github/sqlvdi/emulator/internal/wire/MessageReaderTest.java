package io.github.sqlvdi.emulator.internal.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Packets become messages; what breaks the rules becomes an exception of the protocol. */
class MessageReaderTest {

    private static MessageReader reader(byte... bytes) {
        return new MessageReader(new ByteArrayInputStream(bytes));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 503, 504, 505, 5_000, 40_000})
    void messageOfAnyLengthComesBack(int length) throws IOException {
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        MessageWriter writer = new MessageWriter(sent, Message.BATCH);
        writer.packetSize(512);
        byte[] data = new byte[length];
        for (int index = 0; index < length; index++) {
            data[index] = (byte) (index * 31);
        }
        writer.bytes(data);
        writer.end();
        MessageReader reader = reader(sent.toByteArray());
        Message message = reader.next();
        assertEquals(Message.BATCH, message.type());
        assertArrayEquals(data, message.data());
        assertNull(reader.next());
    }

    @Test
    void packetWithinAMessageMustHaveItsType() {
        assertThrows(ProtocolException.class, reader(new byte[]{1, 0, 0, 8, 0, 0, 1, 0, 3, 1, 0, 8, 0, 0, 2, 0})::next);
    }

    @Test
    void lengthsOutsideTheRulesAreRefused() {
        assertThrows(ProtocolException.class, reader(new byte[]{1, 1, 0, 7, 0, 0, 1, 0})::next);
        assertThrows(ProtocolException.class, reader(new byte[]{1, 1, (byte) 0x80, 0, 0, 0, 1, 0})::next);
        assertThrows(ProtocolException.class, reader(new byte[]{99, 1, 0, 8, 0, 0, 1, 0})::next);
    }

    @Test
    void endWithinAPacketIsAnError() {
        assertThrows(EOFException.class, reader(new byte[]{1, 1, 0})::next);
        assertThrows(EOFException.class, reader(new byte[]{1, 1, 0, 20, 0, 0, 1, 0, 5})::next);
    }

    @Test
    void endlessMessageIsRefusedBeforeItFillsTheHeap() {
        byte[] packet = new byte[32_767];
        packet[0] = Message.BATCH;
        packet[2] = 0x7F;
        packet[3] = (byte) 0xFF;
        MessageReader reader = new MessageReader(new InputStream() {
            private int at;

            @Override
            public int read() {
                return packet[at++ % packet.length] & 0xFF;
            }
        });
        assertThrows(ProtocolException.class, reader::next);
    }

    @Test
    void payloadRefusesLengthsThatAreNotThere() throws ProtocolException {
        Payload payload = new Payload(new byte[]{1, 2, 3, 4});
        assertEquals(0x0201, payload.u16());
        assertThrows(ProtocolException.class, () -> payload.bytes(0xFFFF_FFFFL));
        assertThrows(ProtocolException.class, () -> payload.text(2));
        assertThrows(ProtocolException.class, () -> payload.seek(5));
        assertThrows(ProtocolException.class, payload::i32);
    }

    @Test
    void scrambledPasswordIsRead() throws ProtocolException {
        byte[] login = new byte[94 + 4];
        login[44] = 94;
        login[46] = 2;
        String password = "p\u00e4";
        for (int index = 0; index < 2; index++) {
            char character = password.charAt(index);
            for (int part = 0; part < 2; part++) {
                int plain = character >>> 8 * part & 0xFF;
                login[94 + index * 2 + part] = (byte) ((plain << 4 | plain >>> 4) ^ 0xA5);
            }
        }
        assertEquals(password, Login.read(new Payload(login)).password());
    }
}
