package io.github.sqlvdi.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class OutstandingCommandsTest {

    private final OutstandingCommands commands = new OutstandingCommands();

    @Test
    void commandIsTakenOnce() {
        int use = commands.add(0, 1, 2, 3, 4);
        assertTrue(commands.take(0, use));
        assertFalse(commands.take(0, use));
        assertFalse(commands.take(0, commands.use(0)), "a free tag");
    }

    @Test
    void takerOfAnEarlierUseDoesNotTakeTheNextCommandOfTheTag() {
        int first = commands.add(0, 1, 0, 0, 0);
        assertTrue(commands.take(0, first));
        assertEquals(0, commands.freeTag());
        int second = commands.add(0, 2, 0, 0, 0);
        assertNotEquals(first, second);
        assertFalse(commands.take(0, first));
        assertEquals(1, commands.count());
        assertTrue(commands.take(0, second));
    }

    @Test
    void tagsAreFreeInOrderUntilAllAreTaken() {
        for (int tag = 0; tag < ControlLayout.RING_RECORDS; tag++) {
            assertEquals(tag, commands.freeTag());
            commands.add(tag, tag, 0, 0, 0);
        }
        assertEquals(-1, commands.freeTag());
        assertEquals(ControlLayout.RING_RECORDS, commands.count());
        assertTrue(commands.take(7, commands.use(7)));
        assertEquals(7, commands.freeTag());
    }

    @Test
    void tagThatWasFreedLastIsUsedNextUnlessItIsTakenAgain() {
        int[] uses = new int[4];
        for (int tag = 0; tag < uses.length; tag++) {
            uses[tag] = commands.add(tag, tag, 0, 0, 0);
        }
        assertTrue(commands.take(1, uses[1]));
        assertTrue(commands.take(3, uses[3]));
        assertEquals(3, commands.freeTag());
        commands.add(3, 3, 0, 0, 0);
        assertEquals(1, commands.freeTag());
    }
}
