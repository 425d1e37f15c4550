package io.github.sqlvdi.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FreeSpaceTest {

    @Test
    void asManyBuffersFitAsWereCountedAndNotOneMore() {
        for (int alignment = 512; alignment <= 65_536; alignment *= 2) {
            long span = FreeSpace.spanLength(100, 1_000, alignment);
            FreeSpace space = new FreeSpace(7 * span, 100);
            assertEquals(7, space.available(1_000, alignment));
            for (int i = 0; i < 7; i++) {
                FreeSpace.Span taken = space.take(1_000, alignment);
                assertEquals(0, taken.data() % alignment);
                assertTrue(taken.data() - taken.start() >= 100, "room for the prefix zone");
            }
            assertNull(space.take(1, alignment));
            assertEquals(0, space.available(1, alignment));
        }
    }

    @Test
    void spansOfManyShapesNeverOverlapAndAllSpaceComesBack() {
        Random random = new Random(1);
        FreeSpace space = new FreeSpace(1 << 20, 0);
        List<FreeSpace.Span> taken = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            if (random.nextBoolean() || taken.isEmpty()) {
                FreeSpace.Span span = space.take(random.nextInt(1, 70_000), 512 << random.nextInt(8));
                if (span != null) {
                    for (FreeSpace.Span other : taken) {
                        assertTrue(span.end() <= other.start() || other.end() <= span.start());
                    }
                    taken.add(span);
                }
            } else {
                space.give(taken.remove(random.nextInt(taken.size())));
            }
        }
        taken.forEach(space::give);
        assertNotNull(space.take(1 << 20, 512), "the extents did not grow together again");
    }
}
