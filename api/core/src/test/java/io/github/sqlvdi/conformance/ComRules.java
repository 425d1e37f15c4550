package io.github.sqlvdi.conformance;

import static io.github.sqlvdi.conformance.Code.E_NOINTERFACE;
import static io.github.sqlvdi.conformance.Code.E_POINTER;
import static io.github.sqlvdi.conformance.Code.NOERROR;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.github.sqlvdi.internal.com.UnknownCalls;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** IUnknown of every object: identities, references and the identifiers of VDI reference 3.1, byte by byte. */
final class ComRules {

    private static final String UNKNOWN = "00000000-0000-0000-c000-000000000046";
    private static final String CLIENT_DEVICE = "40700424-0080-11d2-851f-00c04fc21759";
    private static final String CLIENT_SET = "40700425-0080-11d2-851f-00c04fc21759";
    private static final String CLIENT_SET_2 = "d0e6eb07-7a62-11d2-8573-00c04fc21759";
    private static final String SERVER_DEVICE = "b5e7a131-a7bd-11d1-84c2-00c04fc21759";
    private static final String SERVER_SET = "b5e7a132-a7bd-11d1-84c2-00c04fc21759";
    private static final String SERVER_SET_2 = "aecbd0d6-24c6-11d3-85b7-00c04fc21759";

    private ComRules() {
    }

    static List<Case> cases() {
        List<Case> rules = new ArrayList<>();
        object(rules, "a client set", s -> s.client.pointer(), List.of("IClientVirtualDeviceSet",
                "IClientVirtualDeviceSet2"), List.of(UNKNOWN, CLIENT_SET, CLIENT_SET_2), List.of(SERVER_SET));
        object(rules, "a client device", s -> s.active().clientDevice(), List.of("IClientVirtualDevice"),
                List.of(UNKNOWN, CLIENT_DEVICE), List.of(CLIENT_SET, SERVER_DEVICE));
        object(rules, "a server set", s -> s.server().pointer(), List.of("IServerVirtualDeviceSet",
                "IServerVirtualDeviceSet2"), List.of(UNKNOWN, SERVER_SET, SERVER_SET_2), List.of(CLIENT_SET_2));
        object(rules, "a server device", s -> s.active().serverDevice(), List.of("IServerVirtualDevice"),
                List.of(UNKNOWN, SERVER_DEVICE), List.of(SERVER_SET, CLIENT_DEVICE));
        return rules;
    }

    private static void object(List<Case> rules, String what, ToLongFunction<Stage> pointer, List<String> interfaces,
            List<String> has, List<String> hasNot) {
        rules.add(com(what + " answers QueryInterface for its own interfaces with one IUnknown identity",
                s -> answers(pointer.applyAsLong(s), has), interfaces, "QueryInterface"));
        rules.add(com(what + " answers E_NOINTERFACE with NULL for all others, E_POINTER for no out-pointer",
                s -> refuses(pointer.applyAsLong(s), hasNot), interfaces, "QueryInterface"));
        rules.add(com(what + " counts its references", s -> counts(pointer.applyAsLong(s)), interfaces, "AddRef",
                "Release"));
    }

    private static Rule com(String title, Rule.Scenario scenario, List<String> interfaces, String... methods) {
        Rule rule = Rule.of("3.3", title, scenario)
                .covers(interfaces.stream()
                        .flatMap(name -> Stream.of(methods).map(method -> "3.3 " + name + " " + method))
                        .toArray(String[]::new));
        return interfaces.getFirst().startsWith("IServer") ? rule.needs(Capability.ONE_PROCESS) : rule;
    }

    private static void answers(long pointer, List<String> iids) {
        UnknownCalls object = new UnknownCalls(pointer);
        long identity = query(object, UNKNOWN);
        for (String iid : iids) {
            long other = query(object, iid);
            assertEquals(identity, query(new UnknownCalls(other), UNKNOWN), "IUnknown of " + iid);
            for (String back : iids) {
                assertEquals(query(object, back), query(new UnknownCalls(other), back), iid + " to " + back);
            }
        }
    }

    /** The reference that QueryInterface gives is given back at once: the object lives on by the stage's own. */
    private static long query(UnknownCalls object, String iid) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = ProviderClient.longCell(arena);
            Stage.code("QueryInterface " + iid, NOERROR, object.queryInterface(guid(arena, iid), out.address()));
            long pointer = out.get(JAVA_LONG, 0);
            assertNotEquals(0, new UnknownCalls(pointer).release(), "references left");
            return pointer;
        }
    }

    private static void refuses(long pointer, List<String> iids) {
        UnknownCalls object = new UnknownCalls(pointer);
        try (Arena arena = Arena.ofConfined()) {
            for (String iid : iids) {
                MemorySegment out = ProviderClient.longCell(arena);
                Stage.code("QueryInterface " + iid, E_NOINTERFACE,
                        object.queryInterface(guid(arena, iid), out.address()));
                assertEquals(0, out.get(JAVA_LONG, 0), "*ppv of " + iid);
            }
            Stage.code("QueryInterface without ppv", E_POINTER, object.queryInterface(guid(arena, UNKNOWN), 0));
        }
    }

    private static void counts(long pointer) {
        UnknownCalls object = new UnknownCalls(pointer);
        int before = object.addRef();
        assertEquals(before + 1, object.addRef());
        assertEquals(before, object.release());
        assertEquals(before - 1, object.release());
    }

    /** u32, u16, u16 little-endian, then 8 bytes in order (VDI reference 3.1). */
    private static long guid(Arena arena, String text) {
        String hex = text.replace("-", "");
        MemorySegment memory = arena.allocate(16, 8);
        int[] order = {3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15};
        for (int i = 0; i < order.length; i++) {
            memory.set(JAVA_BYTE, i, (byte) Integer.parseInt(hex.substring(2 * order[i], 2 * order[i] + 2), 16));
        }
        return memory.address();
    }
}
