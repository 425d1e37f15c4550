package io.github.sqlvdi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.EnumSet;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandCodeTest {

    @Test
    void commandsAreNumberedFromOneToNineteen() {
        for (int value = 1; value <= 19; value++) {
            assertEquals(value, CommandCode.of(value).value());
        }
        assertEquals(20, CommandCode.values().length);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 20, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void everyOtherNumberIsUnknown(int value) {
        assertSame(CommandCode.UNKNOWN, CommandCode.of(value));
    }

    @Test
    void onlyReadAndWriteTransferDataAndOnlyPositioningReturnsAPosition() {
        assertEquals(EnumSet.of(CommandCode.READ, CommandCode.WRITE), Stream.of(CommandCode.values())
                .filter(CommandCode::transfersData).collect(Collectors.toSet()));
        assertEquals(EnumSet.of(CommandCode.GET_POSITION, CommandCode.SET_POSITION), Stream.of(CommandCode.values())
                .filter(CommandCode::returnsPosition).collect(Collectors.toSet()));
    }

    @Test
    void whenceIsZeroOneTwo() {
        assertEquals(Optional.of(Whence.BEGINNING), Whence.of(0));
        assertEquals(Optional.of(Whence.CURRENT), Whence.of(1));
        assertEquals(Optional.of(Whence.END), Whence.of(2));
        assertEquals(Optional.empty(), Whence.of(3));
        assertEquals(Optional.empty(), Whence.of(-1));
        assertEquals(2, Whence.END.value());
    }
}
