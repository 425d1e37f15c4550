package io.github.sqlvdi.conformance;

import static io.github.sqlvdi.conformance.Code.NOERROR;
import static io.github.sqlvdi.conformance.Code.SHARED;
import static io.github.sqlvdi.conformance.Code.VD_E_INVALID;
import static io.github.sqlvdi.conformance.Code.VD_E_MEMORY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.conformance.State.Server;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** AllocateBuffer, FreeBuffer, IsSharedBuffer and QueryAvailableBuffers (VDI reference 3.7.5, 3.7.9 to 3.7.11, 7.1). */
final class AllocateBufferRows {

    private static final int SIZE = Setup.MAX_TRANSFER;
    /** More buffers than any area of these rows can hold. */
    private static final int TOO_MANY = 1000;

    private AllocateBufferRows() {
    }

    static List<Case> cases() {
        List<Case> rows = new ArrayList<>();
        alignments(rows);
        arguments(rows);
        spent(rows);
        free(rows);
        shared(rows);
        query(rows);
        return rows;
    }

    /** Every power of two is honoured for the data zone, with and without a prefix zone in front of it. */
    private static void alignments(List<Case> rows) {
        for (int prefix : new int[]{0, 1, 100, 4096}) {
            for (int alignment = 1; alignment <= 65536; alignment *= 2) {
                int wanted = alignment;
                Setup setup = Setup.devices(1).requesting(RawConfig.request(1, 0).withPrefixZone(prefix))
                        .buffers(512, alignment, 3);
                rows.add(Row.of(Method.ALLOCATE_BUFFER, Server.INITIALIZING,
                        "alignment " + alignment + ", prefix zone " + prefix, NOERROR, s -> aligned(s, wanted))
                        .setup(setup));
            }
        }
        rows.add(Row.of(Method.ALLOCATE_BUFFER, Server.INITIALIZING, "alignment 1, client's minimum 8192", NOERROR,
                s -> aligned(s, 8192)).section("7.1")
                .setup(Setup.devices(1).requesting(RawConfig.request(1, 0).withAlignment(8192)).buffers(512, 1, 3)));
        rows.add(Row.of(Method.ALLOCATE_BUFFER, Server.INITIALIZING, "alignment 512, server's minimum 16384", NOERROR,
                s -> aligned(s, 16384)).section("7.1")
                .setup(Setup.devices(1).blocks(512, 16384, 65536).buffers(512, 512, 3)));
    }

    /** All the buffers that were requested can be had, each aligned and each readable and writable to its end. */
    private static int aligned(Stage stage, int alignment) {
        for (int i = 0; i < stage.setup.buffers(); i++) {
            long buffer = stage.allocate();
            assertEquals(0, buffer & (alignment - 1),
                    () -> String.format(Locale.ROOT, "0x%X is not aligned to %d", buffer, alignment));
            stage.server().write(buffer, Bytes.pattern(i, stage.setup.bufferSize()));
        }
        return NOERROR;
    }

    private static void arguments(List<Case> rows) {
        row(rows, "size 0", VD_E_INVALID, 0, 512);
        for (int alignment : new int[]{3, 513, 65535, 131072, Integer.MIN_VALUE, -1}) {
            row(rows, "alignment " + Integer.toUnsignedString(alignment), VD_E_INVALID, SIZE, alignment);
        }
        // RequestBuffers takes 0 for the basic alignment, AllocateBuffer's page says "power of two" only.
        rows.add(Row.of(Method.ALLOCATE_BUFFER, Server.INITIALIZING, "alignment 0", NOERROR,
                s -> s.server().allocateBuffer(SIZE, 0).code()).orAlso(VD_E_INVALID));
        rows.add(Row.of(Method.ALLOCATE_BUFFER, Server.INITIALIZING, "ppBuffer NULL", VD_E_INVALID,
                s -> s.server().allocateBuffer(SIZE, 512, Out.NULL).code()));
        rows.add(Row.of(Method.ALLOCATE_BUFFER, Server.INITIALIZING, "more than maxTransferSize", VD_E_INVALID,
                s -> s.server().allocateBuffer(SIZE + 1, 512).code()).orAlso(NOERROR, VD_E_MEMORY));
        rows.add(Row.of(Method.ALLOCATE_BUFFER, Server.INITIALIZING, "size 4294967295", VD_E_INVALID,
                s -> s.server().allocateBuffer(-1, 512).code()).orAlso(VD_E_MEMORY));
        rows.add(Row.of(Method.ALLOCATE_BUFFER, Server.INITIALIZING, "one byte", NOERROR,
                s -> s.server().allocateBuffer(1, 512).code()));
        rows.add(Row.of(Method.ALLOCATE_BUFFER, Server.INITIALIZING, "nothing requested", VD_E_MEMORY,
                s -> s.server().allocateBuffer(SIZE, 512).code()).setup(Setup.devices(1).buffers(SIZE, 0, 0)));
    }

    private static void row(List<Case> rows, String argument, int expected, int size, int alignment) {
        rows.add(Row.of(Method.ALLOCATE_BUFFER, Server.INITIALIZING, argument, expected,
                s -> s.server().allocateBuffer(size, alignment).code()));
    }

    private static void spent(List<Case> rows) {
        rows.add(Row.of(Method.ALLOCATE_BUFFER, Server.INITIALIZING, "area spent", VD_E_MEMORY,
                s -> spend(s, new ArrayList<>())));
        rows.add(Row.of(Method.ALLOCATE_BUFFER, Server.INITIALIZING, "area spent, one freed", NOERROR, s -> {
            List<Long> buffers = new ArrayList<>();
            Stage.code("AllocateBuffer", VD_E_MEMORY, spend(s, buffers));
            Stage.ok("FreeBuffer", s.server().freeBuffer(buffers.get(buffers.size() / 2), SIZE));
            return s.server().allocateBuffer(SIZE, s.setup.bufferAlign()).code();
        }));
        rows.add(Row.of(Method.ALLOCATE_BUFFER, Server.INITIALIZING, "area spent, more requested", NOERROR, s -> {
            Stage.code("AllocateBuffer", VD_E_MEMORY, spend(s, new ArrayList<>()));
            Stage.ok("RequestBuffers", s.server().requestBuffers(SIZE, 0, 1));
            return s.server().allocateBuffer(SIZE, s.setup.bufferAlign()).code();
        }).section("3.7.4"));
        rows.add(Row.of(Method.ALLOCATE_BUFFER, Server.INITIALIZING, "area spent, all freed, spent again", VD_E_MEMORY,
                s -> {
                    List<Long> buffers = new ArrayList<>();
                    spend(s, buffers);
                    buffers.forEach(buffer -> Stage.ok("FreeBuffer", s.server().freeBuffer(buffer, SIZE)));
                    List<Long> again = new ArrayList<>();
                    int code = spend(s, again);
                    assertEquals(buffers.size(), again.size(), "buffers after everything was freed");
                    return code;
                }));
    }

    /** Allocates until it is refused; the requested buffers at least must be there. */
    private static int spend(Stage stage, List<Long> buffers) {
        for (int i = 0; i < TOO_MANY; i++) {
            Reply reply = stage.server().allocateBuffer(SIZE, stage.setup.bufferAlign());
            if (reply.code() != NOERROR) {
                assertTrue(buffers.size() >= stage.setup.buffers(), "only " + buffers.size() + " of "
                        + stage.setup.buffers() + " requested buffers could be had");
                return reply.code();
            }
            buffers.add(reply.value());
        }
        return NOERROR;
    }

    private static void free(List<Case> rows) {
        freeRow(rows, "as allocated", NOERROR, (s, buffer) -> s.server().freeBuffer(buffer, SIZE));
        freeRow(rows, "a second time", VD_E_INVALID, (s, buffer) -> {
            Stage.ok("FreeBuffer", s.server().freeBuffer(buffer, SIZE));
            return s.server().freeBuffer(buffer, SIZE);
        });
        freeRow(rows, "inside the buffer", VD_E_INVALID, (s, buffer) -> s.server().freeBuffer(buffer + 512, SIZE));
        freeRow(rows, "before the buffer", VD_E_INVALID, (s, buffer) -> s.server().freeBuffer(buffer - 1, SIZE));
        freeRow(rows, "NULL", VD_E_INVALID, (s, buffer) -> s.server().freeBuffer(0, SIZE));
        freeRow(rows, "an address of nobody", VD_E_INVALID, (s, buffer) -> s.server().freeBuffer(-8, SIZE));
        freeRow(rows, "another size than allocated", VD_E_INVALID,
                (s, buffer) -> s.server().freeBuffer(buffer, SIZE - 512));
        freeRow(rows, "size 0", VD_E_INVALID, (s, buffer) -> s.server().freeBuffer(buffer, 0));
    }

    /** A call that needs a buffer of the set. */
    @FunctionalInterface
    interface WithBuffer {
        int call(Stage stage, long buffer);
    }

    private static void freeRow(List<Case> rows, String argument, int expected, WithBuffer call) {
        rows.add(Row.of(Method.FREE_BUFFER, Server.INITIALIZING, argument, expected,
                s -> call.call(s, s.allocate())));
    }

    private static void shared(List<Case> rows) {
        sharedRow(rows, "a buffer", SHARED, (s, buffer) -> s.server().isSharedBuffer(buffer));
        sharedRow(rows, "inside a buffer", SHARED, (s, buffer) -> s.server().isSharedBuffer(buffer + 100));
        sharedRow(rows, "last byte of a buffer", SHARED, (s, buffer) -> s.server().isSharedBuffer(buffer + SIZE - 1));
        sharedRow(rows, "behind the only buffer", NOERROR, (s, buffer) -> s.server().isSharedBuffer(buffer + SIZE));
        sharedRow(rows, "a freed buffer", NOERROR, (s, buffer) -> {
            Stage.ok("FreeBuffer", s.server().freeBuffer(buffer, SIZE));
            return s.server().isSharedBuffer(buffer);
        });
        for (long address : new long[]{0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE}) {
            sharedRow(rows, String.format(Locale.ROOT, "address 0x%X", address), NOERROR,
                    (s, buffer) -> s.server().isSharedBuffer(address));
        }
        sharedRow(rows, "a buffer's address plus 4 GiB", NOERROR,
                (s, buffer) -> s.server().isSharedBuffer(buffer + 0x1_0000_0000L));
    }

    private static void sharedRow(List<Case> rows, String argument, int expected, WithBuffer call) {
        rows.add(Row.of(Method.IS_SHARED_BUFFER, Server.INITIALIZING, argument, expected,
                s -> call.call(s, s.allocate())));
    }

    private static void query(List<Case> rows) {
        rows.add(Row.of(Method.QUERY_AVAILABLE_BUFFERS, Server.INITIALIZING, "counts what can be allocated", NOERROR,
                s -> {
                    Reply before = s.server().queryAvailableBuffers(SIZE, 0);
                    List<Long> buffers = new ArrayList<>();
                    spend(s, buffers);
                    assertEquals(buffers.size(), before.value(), "buffers that could be allocated");
                    Reply after = s.server().queryAvailableBuffers(SIZE, 0);
                    assertEquals(0, after.value(), "buffers left when the area is spent");
                    return after.code();
                }));
        rows.add(Row.of(Method.QUERY_AVAILABLE_BUFFERS, Server.INITIALIZING, "pCount NULL", VD_E_INVALID,
                s -> s.server().queryAvailableBuffers(SIZE, 0, Out.NULL).code()));
        rows.add(Row.of(Method.QUERY_AVAILABLE_BUFFERS, Server.INITIALIZING, "alignment 3", VD_E_INVALID,
                s -> s.server().queryAvailableBuffers(SIZE, 3).code()).orAlso(NOERROR));
    }
}
