package io.github.sqlvdi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceNamesTest {

    @Test
    void firstDeviceHasTheNameOfTheSetAndTheOthersAreCounted() {
        assertEquals(List.of("full", "full1", "full2"), DeviceNames.of("full", 3));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -5, 65, 100})
    void countThatNoSetCanHaveIsRefused(int count) {
        assertEquals("count is " + count + ": expected 1 to 64", refusal("full", count));
    }

    @Test
    void nameOfTheSetMustLeaveRoomForTheNumbersOfItsDevices() {
        String longest = "x".repeat(NameRules.MAX_LENGTH);
        assertEquals(List.of(longest), DeviceNames.of(longest, 1));
        assertEquals("setName has 260 characters, so the name of device 2 has 261 characters: expected 1 to 260",
                refusal(longest, 2));
        assertEquals("setName has 259 characters, so the name of device 11 has 261 characters: expected 1 to 260",
                refusal(longest.substring(1), 11));
        assertEquals(10, DeviceNames.of(longest.substring(1), 10).size());
    }

    @Test
    void nameOfTheSetMustBeOne() {
        assertEquals("setName has 0 characters: expected 1 to 260", refusal("", 1));
        assertEquals("setName is \"a\\b\": expected no backslash", refusal("a\\b", 2));
    }

    private static String refusal(String setName, int count) {
        return assertThrows(IllegalArgumentException.class, () -> DeviceNames.of(setName, count)).getMessage();
    }
}
