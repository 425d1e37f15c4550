package io.github.sqlvdi.internal.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AddressTableTest {

    private record Key(long address, long size) {}

    @Test
    void randomUseGivesTheSameAnswersAsAHashMap() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        AddressTable<Object> table = new AddressTable<>();
        Map<Key, Object> model = new HashMap<>();
        for (int step = 0; step < 100_000; step++) {
            // few keys, aligned like buffers, so that probe sequences run into each other
            Key key = new Key(0x7f00_0000_0000L + 65_536L * random.nextInt(64), 512L * random.nextInt(2));
            switch (random.nextInt(3)) {
                case 0 -> {
                    Object value = new Object();
                    table.put(key.address(), key.size(), value);
                    model.put(key, value);
                }
                case 1 -> assertSame(model.remove(key), table.remove(key.address(), key.size()), "seed " + seed);
                default -> assertSame(model.get(key), table.get(key.address(), key.size()), "seed " + seed);
            }
            assertEquals(model.size(), table.size(), "seed " + seed);
        }
        Set<Object> seen = new HashSet<>();
        table.forEach(seen::add);
        assertEquals(new HashSet<>(model.values()), seen, "seed " + seed);
    }

    @Test
    void addressZeroIsAKeyLikeAnyOther() {
        AddressTable<String> table = new AddressTable<>();
        assertNull(table.get(0, 0));
        table.put(0, 0, "zero");
        assertEquals("zero", table.get(0, 0));
    }

    @Test
    void clearForgetsEverything() {
        AddressTable<String> table = new AddressTable<>();
        for (int i = 0; i < 1000; i++) {
            table.put(i, 1, "v");
        }
        table.clear();
        assertEquals(0, table.size());
        assertNull(table.get(5, 1));
    }
}
