package io.github.sqlvdi.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.CommandCode;
import io.github.sqlvdi.Features;
import io.github.sqlvdi.embedded.ControlRegion.Check;
import io.github.sqlvdi.embedded.ControlRegion.Field;
import io.github.sqlvdi.internal.engine.RegionMutator;
import io.github.sqlvdi.server.EmbeddedPair;
import io.github.sqlvdi.server.ServerCommand;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the dump of a control region shows of a set that works, and of a damaged one. */
class ControlRegionTest {

    private static List<Field> fields(EmbeddedPair pair) throws IOException {
        List<ControlRegion> regions = ControlRegion.ofSet(pair.client.name());
        assertEquals(1, regions.size());
        return regions.getFirst().fields();
    }

    private static String value(List<Field> fields, String section, String name) {
        return fields.stream().filter(field -> field.section().equals(section) && field.name().equals(name)).findFirst()
                .orElseThrow(() -> new AssertionError(section + ", " + name + " in " + fields)).value();
    }

    private static List<Field> damaged(List<Field> fields) {
        return fields.stream().filter(field -> field.check() == Check.DAMAGED).toList();
    }

    @Test
    void fieldsOfAWorkingSetPassTheirChecks() throws Exception {
        try (EmbeddedPair pair = new EmbeddedPair(2, Features.WRITE_MEDIA, 2)) {
            pair.serverDevices.getFirst().send(new ServerCommand(command -> {
            }).set(CommandCode.WRITE, 512, 0, pair.server.allocateBuffer(EmbeddedPair.TRANSFER, 0)));
            List<Field> fields = fields(pair);
            assertEquals(List.of(), damaged(fields));
            assertEquals("2", value(fields, "header", "devices"));
            assertEquals("initialized", value(fields, "state", "phase"));
            assertEquals(pair.client.name(), value(fields, "configuration", "name"));
            assertEquals("process " + ProcessHandle.current().pid() + ", primary",
                    value(fields, "processes", "slot 0"));
            assertEquals("1", value(fields, "device 0", "commands sent"));
            assertTrue(
                    value(fields, "device 0", "command 0")
                            .startsWith("VDC_Write (2), 512 bytes, position 0, buffer 0x"),
                    fields.toString());
            assertEquals("0", value(fields, "device 1", "commands sent"));
            assertTrue(fields.stream().anyMatch(field -> field.section().equals("buffers")), fields.toString());
        }
    }

    @Test
    void damagedFieldIsNamedAndTheRestIsStillShown() throws Exception {
        try (EmbeddedPair pair = new EmbeddedPair(1, Features.WRITE_MEDIA, 2);
                RegionMutator hostile = RegionMutator.of(pair.client.name(), new Random(1))) {
            hostile.damageName();
            List<Field> fields = fields(pair);
            assertEquals(List.of("name"), damaged(fields).stream().map(Field::name).toList());
            assertEquals("a name failed its check", value(fields, "configuration", "name"));
            assertEquals(pair.client.name(), value(fields, "device 0", "name"));
        }
    }

    @Test
    void unknownNameHasNoRegion() throws IOException {
        assertEquals(List.of(), ControlRegion.ofSet("there is no such set"));
    }
}
