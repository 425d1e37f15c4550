package io.github.sqlvdi.bindings;

import static java.lang.foreign.MemoryLayout.PathElement.groupElement;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.github.sqlvdi.bindings.ReferenceNumbers.Field;
import io.github.sqlvdi.bindings.ReferenceNumbers.Slot;
import io.github.sqlvdi.bindings.ReferenceNumbers.Struct;
import java.lang.foreign.AddressLayout;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.GroupLayout;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The generated classes against the numbers of the reference. */
class LayoutAuditTest {
    @ParameterizedTest
    @MethodSource("io.github.sqlvdi.bindings.ReferenceNumbers#structs")
    void structureHasTheOffsetsOfTheReference(Struct struct) throws ReflectiveOperationException {
        GroupLayout layout = layout(struct.name());
        assertEquals(struct.size(), layout.byteSize());
        assertEquals(struct.alignment(), layout.byteAlignment());
        assertEquals(struct.fields().size(), layout.memberLayouts().size(), "no padding and no further field");
        for (Field field : struct.fields()) {
            assertEquals(field.offset(), layout.byteOffset(groupElement(field.name())), field.name());
            assertEquals(field.size(), layout.select(groupElement(field.name())).byteSize(), field.name());
            assertEquals((long) field.offset(), call(struct.name(), field.name() + "$offset"), field.name());
        }
    }

    @ParameterizedTest
    @MethodSource("interfaceNames")
    void vtableHasTheSlotsOfTheReference(String name) throws ReflectiveOperationException {
        assertEquals(0L, call(name, "lpVtbl$offset"));
        assertEquals(ADDRESS.byteSize(), layout(name).byteSize());
        List<String> expected = ReferenceNumbers.interfaces().get(name).stream().map(Slot::method).toList();
        GroupLayout vtable = layout(name + "Vtbl");
        assertEquals(expected, vtable.memberLayouts().stream().map(m -> m.name().orElseThrow()).toList());
        for (MemoryLayout slot : vtable.memberLayouts()) {
            assertInstanceOf(AddressLayout.class, slot);
        }
        assertEquals(expected.size() * ADDRESS.byteSize(), vtable.byteSize());
    }

    @ParameterizedTest
    @MethodSource("interfaceNames")
    void signatureTakesTheParametersOfTheReference(String name) throws ReflectiveOperationException {
        for (Slot slot : ReferenceNumbers.interfaces().get(name)) {
            boolean inherited = name.equals("IClientVirtualDeviceSet2") && slot.number() < 11;
            String owner = slot.number() < 3 ? "IUnknown" : inherited ? "IClientVirtualDeviceSet" : name;
            var descriptor = (FunctionDescriptor) call(owner + "_" + slot.method(), "descriptor");
            List<Class<?>> expected = new ArrayList<>(List.of(MemorySegment.class));
            for (String parameter : slot.parameters().isEmpty() ? new String[0] : slot.parameters().split(", ")) {
                expected.add(carrier(parameter.substring(0, parameter.indexOf(' '))));
            }
            assertEquals(expected, descriptor.toMethodType().parameterList(), name + "::" + slot.method());
            assertEquals(int.class, descriptor.toMethodType().returnType(), name + "::" + slot.method());
        }
    }

    @Test
    void constantsAreThoseOfTheReferenceAndNoOthers() {
        Map<String, Integer> generated = Arrays.stream(Vdi.class.getDeclaredMethods())
                .filter(m -> Modifier.isPublic(m.getModifiers()) && m.getParameterCount() == 0)
                .collect(toMap(m -> m.getName(), m -> {
                    try {
                        return (Integer) m.invoke(null);
                    } catch (ReflectiveOperationException e) {
                        throw new AssertionError(m.getName(), e);
                    }
                }));
        assertEquals(ReferenceNumbers.constants(), generated);
    }

    static List<String> interfaceNames() {
        return List.copyOf(ReferenceNumbers.interfaces().keySet());
    }

    private static Class<?> carrier(String type) {
        return switch (type) {
            case "DWORD" -> int.class;
            case "DWORDLONG" -> long.class;
            case "LPCWSTR", "REFIID" -> MemorySegment.class;
            case String pointer when pointer.endsWith("*") -> MemorySegment.class;
            default -> throw new AssertionError("the reference has no type " + type);
        };
    }

    private static GroupLayout layout(String type) throws ReflectiveOperationException {
        return (GroupLayout) call(type, "layout");
    }

    private static Object call(String type, String method) throws ReflectiveOperationException {
        return Class.forName("io.github.sqlvdi.bindings." + type).getMethod(method).invoke(null);
    }
}
