package io.github.sqlvdi.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The areas of the control region do not overlap, are aligned, and are where the diagram in the Javadoc shows them. */
class ControlLayoutTest {

    private record Area(long offset, long length) {}

    private static final int NAME_BYTES = 16 + 2 * ControlLayout.MAX_NAME_UNITS;
    private static final int LINE = 64;

    private static Map<String, Area> region() {
        Map<String, Area> areas = new LinkedHashMap<>();
        areas.put("header", new Area(ControlLayout.MAGIC_OFFSET, ControlLayout.IDENTITY_OFFSET + 16));
        areas.put("abort word", new Area(ControlLayout.ABORT_OFFSET, 4));
        areas.put("configuration event", new Area(ControlLayout.CONFIGURATION_EVENT_OFFSET, 4));
        areas.put("phase", new Area(ControlLayout.PHASE_OFFSET,
                ControlLayout.AREA_COUNT_OFFSET + 4 - ControlLayout.PHASE_OFFSET));
        areas.put("pending completions", new Area(ControlLayout.PENDING_OFFSET, 8));
        areas.put("agent event", new Area(ControlLayout.AGENT_EVENT_OFFSET, 4));
        areas.put("requested configuration", new Area(ControlLayout.REQUESTED_CONFIG_OFFSET, 56));
        areas.put("final configuration", new Area(ControlLayout.FINAL_CONFIG_OFFSET, 56));
        areas.put("instance name", new Area(ControlLayout.INSTANCE_NAME_OFFSET, NAME_BYTES));
        areas.put("set name", new Area(ControlLayout.SET_NAME_OFFSET, NAME_BYTES));
        areas.put("process table", new Area(ControlLayout.process(0),
                ControlLayout.PROCESS_SLOTS * ControlLayout.PROCESS_ENTRY_LENGTH));
        areas.put("area table", new Area(ControlLayout.area(0),
                ControlLayout.AREA_SLOTS * ControlLayout.AREA_ENTRY_LENGTH));
        areas.put("buffer table", new Area(ControlLayout.buffer(0),
                (long) ControlLayout.BUFFER_SLOTS * ControlLayout.BUFFER_ENTRY_LENGTH));
        areas.put("device blocks", new Area(ControlLayout.device(0),
                ControlLayout.MAX_DEVICES * ControlLayout.DEVICE_LENGTH));
        return areas;
    }

    private static Map<String, Area> deviceBlock() {
        int ring = ControlLayout.RING_RECORDS * ControlLayout.RECORD_LENGTH;
        Map<String, Area> areas = new LinkedHashMap<>();
        areas.put("server state", new Area(ControlLayout.SERVER_STATE_OFFSET, 4));
        areas.put("closing check", new Area(ControlLayout.CLOSING_CHECK_OFFSET, 8));
        areas.put("commands sent", new Area(ControlLayout.CLOSING_TURN_OFFSET, 8));
        areas.put("client owner", new Area(ControlLayout.CLIENT_OWNER_OFFSET, 8));
        areas.put("command tail", new Area(ControlLayout.COMMAND_TAIL_OFFSET, 8));
        areas.put("command event", new Area(ControlLayout.COMMAND_EVENT_OFFSET, 4));
        areas.put("completion tail", new Area(ControlLayout.COMPLETION_TAIL_OFFSET, 8));
        areas.put("device name", new Area(ControlLayout.DEVICE_NAME_OFFSET, NAME_BYTES));
        areas.put("commands fetched", new Area(ControlLayout.COMMANDS_FETCHED_OFFSET, 8));
        areas.put("command ring", new Area(ControlLayout.COMMAND_RING_OFFSET, ring));
        areas.put("completion ring", new Area(ControlLayout.COMPLETION_RING_OFFSET, ring));
        return areas;
    }

    @Test
    void noTwoAreasOverlapAndAllAreInside() {
        assertInOrder(region(), ControlLayout.LENGTH);
        assertInOrder(deviceBlock(), ControlLayout.DEVICE_LENGTH);
    }

    private static void assertInOrder(Map<String, Area> areas, long length) {
        long end = 0;
        for (Map.Entry<String, Area> area : areas.entrySet()) {
            assertTrue(area.getValue().offset() >= end, area.getKey() + " begins inside the area before it");
            assertEquals(0, area.getValue().offset() % 8, area.getKey() + " is not aligned");
            end = area.getValue().offset() + area.getValue().length();
        }
        assertTrue(end <= length, "the last area ends at " + end + " of " + length);
    }

    @Test
    void everyAreaOfTheRegionBeginsACacheLine() {
        region().forEach((name, area) -> assertEquals(0, area.offset() % LINE, name));
        assertEquals(0, ControlLayout.DEVICE_LENGTH % 4_096);
        assertEquals(0, ControlLayout.RING_RECORDS & ControlLayout.RING_RECORDS - 1);
    }

    @Test
    void diagramShowsTheConstants() throws IOException {
        Map<String, Long> region = new LinkedHashMap<>();
        Map<String, Long> device = new LinkedHashMap<>();
        Map<String, Long> at = region;
        Pattern row = Pattern.compile(" \\*\\s+([\\d,]+) \\| ([a-z ]+?)\\s*\\|.*");
        for (String line : Files.readAllLines(source())) {
            at = line.equals(" *  device block") ? device : at;
            Matcher matcher = row.matcher(line);
            if (matcher.matches()) {
                at.put(matcher.group(2), Long.parseLong(matcher.group(1).replace(",", "")));
            }
        }
        assertEquals(offsets(region()), region);
        assertEquals(offsets(deviceBlock()), device);
    }

    private static Map<String, Long> offsets(Map<String, Area> areas) {
        Map<String, Long> offsets = new LinkedHashMap<>();
        areas.forEach((name, area) -> offsets.put(name, area.offset()));
        return offsets;
    }

    private static Path source() {
        Path base = Path.of(System.getProperty("basedir", ""));
        return base.resolve("src/main/java/io/github/sqlvdi/internal/engine/ControlLayout.java");
    }
}
