package io.github.sqlvdi.conformance;

import static io.github.sqlvdi.conformance.Code.NOERROR;
import static io.github.sqlvdi.conformance.Code.VD_E_INVALID;
import static io.github.sqlvdi.conformance.Code.VD_E_PROTOCOL;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.sqlvdi.conformance.State.Client;
import java.util.ArrayList;
import java.util.List;

/** GetBufferHandle and MapBufferHandle (VDI reference 3.5.8, 3.5.9, 7.3). */
final class BufferHandleRows {

    private static final int SIZE = Setup.MAX_TRANSFER;
    private static final int PREFIX = 64;
    private static final Setup SETUP = Setup.devices(1)
            .requesting(RawConfig.request(1, 0).withPrefixZone(PREFIX));

    private BufferHandleRows() {
    }

    static List<Case> cases() {
        List<Case> rows = new ArrayList<>();
        getHandle(rows);
        mapHandle(rows);
        foreignHandles(rows);
        return rows;
    }

    /** A call that looks at a command with a buffer. */
    @FunctionalInterface
    interface WithCommand {
        int call(Stage stage, Reply.OfCommand command) throws Exception;
    }

    private static Row withCommand(Method method, String argument, int expected, WithCommand call) {
        return Row.of(method, Client.ACTIVE, argument, expected,
                s -> call.call(s, s.outstanding(Stage.sending(CommandNumbers.WRITE, SIZE, s.allocate())))).setup(SETUP);
    }

    private static void getHandle(List<Case> rows) {
        Method method = Method.GET_BUFFER_HANDLE;
        rows.add(withCommand(method, "a Write's buffer", NOERROR,
                (s, c) -> s.client.getBufferHandle(c.buffer()).code()));
        rows.add(Row.of(method, Client.ACTIVE, "a Read's buffer", NOERROR, s -> s.client.getBufferHandle(
                s.outstanding(Stage.sending(CommandNumbers.READ, SIZE, s.allocate())).buffer()).code()).setup(SETUP));
        rows.add(withCommand(method, "twice the same handle", NOERROR, (s, c) -> {
            Reply first = s.client.getBufferHandle(c.buffer());
            Reply second = s.client.getBufferHandle(c.buffer());
            assertEquals(first.value(), second.value(), "handle of the same buffer");
            return second.code();
        }));
        for (Client state : List.of(Client.DNE, Client.CLOSED)) {
            rows.add(Row.of(method, state, "set not open", VD_E_PROTOCOL,
                    s -> s.client.getBufferHandle(0x10000).code()));
        }
        rows.add(withCommand(method, "pBufferHandle NULL", VD_E_INVALID,
                (s, c) -> s.client.getBufferHandle(c.buffer(), Out.NULL).code()));
        addresses(rows);
        rows.add(withCommand(method, "freed by the server", VD_E_INVALID, (s, c) -> {
            finishAndFree(s, c);
            return s.client.getBufferHandle(c.buffer()).code();
        }));
        rows.add(withCommand(method, "command completed, buffer not freed", NOERROR, (s, c) -> {
            Stage.ok("CompleteCommand", s.client.completeCommand(s.clientDevice(), c.pointer(), 0, SIZE, 0));
            return s.client.getBufferHandle(c.buffer()).code();
        }).section("7.3").orAlso(VD_E_INVALID));
        rows.add(withCommand(method, "buffer of another set", VD_E_INVALID, (s, c) -> {
            Stage other = s.another(SETUP).active();
            Reply.OfCommand foreign = other.outstanding(Stage.sending(CommandNumbers.WRITE, SIZE, other.allocate()));
            return s.client.getBufferHandle(foreign.buffer()).code();
        }));
    }

    /** Addresses that are no buffer; to look behind one of them would end the process. */
    private static void addresses(List<Case> rows) {
        address(rows, "inside the buffer", (s, c) -> c.buffer() + 512);
        address(rows, "one byte into the buffer", (s, c) -> c.buffer() + 1);
        address(rows, "prefix zone", (s, c) -> c.buffer() - PREFIX);
        address(rows, "behind the buffer", (s, c) -> c.buffer() + SIZE);
        address(rows, "NULL", (s, c) -> 0);
        address(rows, "0x1", (s, c) -> 1);
        address(rows, "0xFFFFFFFFFFFFFFFF", (s, c) -> -1);
        address(rows, "not canonical", (s, c) -> 0x1234_5678_9ABC_DEF0L);
        address(rows, "the buffer plus 4 GiB", (s, c) -> c.buffer() + 0x1_0000_0000L);
        address(rows, "the command block", (s, c) -> c.pointer());
        address(rows, "Java heap", (s, c) -> Addresses.javaHeap());
        address(rows, "unmapped page", (s, c) -> Addresses.unmappedPage());
    }

    /** Finds an address, possibly from a command. */
    @FunctionalInterface
    interface Address {
        long of(Stage stage, Reply.OfCommand command) throws Exception;
    }

    private static void address(List<Case> rows, String argument, Address address) {
        rows.add(withCommand(Method.GET_BUFFER_HANDLE, argument, VD_E_INVALID,
                (s, c) -> s.client.getBufferHandle(address.of(s, c)).code()));
    }

    private static void finishAndFree(Stage stage, Reply.OfCommand command) {
        Stage.ok("CompleteCommand", stage.client.completeCommand(stage.clientDevice(), command.pointer(), 0, SIZE, 0));
        Completion completion = stage.server().awaitCompletion(stage.lastTag());
        Stage.ok("FreeBuffer", stage.server().freeBuffer(completion.buffer(), SIZE));
    }

    private static void mapHandle(List<Case> rows) {
        Method method = Method.MAP_BUFFER_HANDLE;
        rows.add(withCommand(method, "in the same object", NOERROR, (s, c) -> mapsTheBuffer(s, c, s.client)));
        rows.add(withCommand(method, "in a secondary", NOERROR, (s, c) -> mapsTheBuffer(s, c, s.joined())));
        for (Client state : List.of(Client.DNE, Client.CLOSED)) {
            rows.add(Row.of(method, state, "set not open", VD_E_PROTOCOL, s -> s.client.mapBufferHandle(1).code()));
        }
        rows.add(withCommand(method, "ppBuffer NULL", VD_E_INVALID,
                (s, c) -> s.client.mapBufferHandle(handle(s, c), Out.NULL).code()));
        rows.add(withCommand(method, "freed by the server", VD_E_INVALID, (s, c) -> {
            int handle = handle(s, c);
            finishAndFree(s, c);
            return s.client.mapBufferHandle(handle).code();
        }));
        rows.add(withCommand(method, "freed and allocated anew", VD_E_INVALID, (s, c) -> {
            int handle = handle(s, c);
            finishAndFree(s, c);
            s.allocate();
            return s.client.mapBufferHandle(handle).code();
        }).section("7.3").orAlso(NOERROR));
        rows.add(withCommand(method, "before any handle was given: 0", VD_E_INVALID,
                (s, c) -> s.client.mapBufferHandle(0).code()));
        rows.add(withCommand(method, "0xFFFFFFFF", VD_E_INVALID, (s, c) -> s.client.mapBufferHandle(-1).code()));
        rows.add(withCommand(method, "a handle with any one bit changed", VD_E_INVALID, (s, c) -> {
            int handle = handle(s, c);
            for (int bit = 0; bit < 31; bit++) {
                Stage.code("MapBufferHandle(handle ^ 1 << " + bit + ")", VD_E_INVALID,
                        s.client.mapBufferHandle(handle ^ 1 << bit).code());
            }
            return s.client.mapBufferHandle(handle ^ 1 << 31).code();
        }));
        rows.add(Row.of(method, Client.INITIALIZING, "before any buffer exists", VD_E_INVALID,
                s -> s.client.mapBufferHandle(1).code()).setup(SETUP));
    }

    private static int handle(Stage stage, Reply.OfCommand command) {
        Reply reply = stage.client.getBufferHandle(command.buffer());
        Stage.ok("GetBufferHandle", reply.code());
        return (int) reply.value();
    }

    /** Each side reads the bytes that the other wrote into the buffer or the prefix zone. */
    private static int mapsTheBuffer(Stage stage, Reply.OfCommand command, ClientHalf mapper) {
        byte[] content = Bytes.pattern(7, SIZE);
        byte[] prefix = Bytes.pattern(8, PREFIX);
        stage.client.write(command.buffer() - PREFIX, prefix);
        stage.client.write(command.buffer(), content);
        Reply mapped = mapper.mapBufferHandle(handle(stage, command));
        Stage.ok("MapBufferHandle", mapped.code());
        assertEquals(0, mapped.value() & (Setup.BLOCK - 1), "alignment of the mapped address");
        assertArrayEquals(content, mapper.read(mapped.value(), SIZE), "buffer");
        assertArrayEquals(prefix, mapper.read(mapped.value() - PREFIX, PREFIX), "prefix zone");
        mapper.write(mapped.value(), Bytes.pattern(9, SIZE));
        assertArrayEquals(Bytes.pattern(9, SIZE), stage.client.read(command.buffer(), SIZE), "buffer written back");
        return mapped.code();
    }

    /** Several buffers in two sets made alike: no handle of the one is good in the other. */
    private static void foreignHandles(List<Case> rows) {
        rows.add(Row.of(Method.MAP_BUFFER_HANDLE, Client.ACTIVE, "handle of another set", VD_E_INVALID, s -> {
            Stage other = s.another(SETUP).active();
            for (int i = 0; i < SETUP.buffers(); i++) {
                Reply.OfCommand here = s.outstanding(Stage.sending(CommandNumbers.WRITE, SIZE, s.allocate()));
                Stage.ok("MapBufferHandle", s.client.mapBufferHandle(handle(s, here)).code());
                Reply.OfCommand there = other.outstanding(Stage.sending(CommandNumbers.WRITE, SIZE, other.allocate()));
                int code = s.client.mapBufferHandle(handle(other, there)).code();
                if (code != VD_E_INVALID) {
                    return code;
                }
            }
            return VD_E_INVALID;
        }).setup(SETUP));
    }
}
