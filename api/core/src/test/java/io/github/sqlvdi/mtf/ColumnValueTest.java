package io.github.sqlvdi.mtf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** A value, NULL and "not in the stream" are three answers. */
class ColumnValueTest {

    @Test
    void nullIsAnAnswerAndNotInStreamIsNone() {
        ColumnValue<String> none = ColumnValue.notInStream();
        ColumnValue<String> sqlNull = ColumnValue.ofNull();
        assertTrue(sqlNull.isNull() && sqlNull.isInStream() && !sqlNull.isPresent());
        assertFalse(none.isNull() || none.isInStream() || none.isPresent());
        assertNotEquals(none, sqlNull);
        assertNull(none.orNull());
        assertEquals("NULL", sqlNull.toString());
        assertEquals("not in the stream", none.toString());
        assertTrue(assertThrows(IllegalStateException.class, none::get).getMessage().contains("not in the stream"));
        assertTrue(assertThrows(IllegalStateException.class, sqlNull::get).getMessage().contains("NULL"));
    }

    @Test
    void bytesAreComparedByContent() {
        ColumnValue<byte[]> one = ColumnValue.of(new byte[]{1, (byte) 0xab});
        assertEquals(one, ColumnValue.of(new byte[]{1, (byte) 0xab}));
        assertEquals(one.hashCode(), ColumnValue.of(new byte[]{1, (byte) 0xab}).hashCode());
        assertEquals("0x01AB", one.toString());
    }

    @Test
    void columnOfAnotherResultSetIsRefused() {
        BackupHeader header = Streams.read(Streams.generated().get("full")).header().orElseThrow();
        assertThrows(IllegalArgumentException.class, () -> header.get(FileColumns.SIZE));
        assertThrows(IllegalArgumentException.class, () -> header.get(LabelColumns.MEDIA_NAME));
        assertEquals(ColumnValue.notInStream(), header.get(HeaderColumns.DEVICE_TYPE));
    }

    @Test
    void whatHasNoPlaceIsNeverInAStream() {
        StreamReport report = Streams.read(Streams.generated().get("compressed full"));
        for (Column<?> column : HeaderColumns.ALL) {
            assertEquals(column.evidence() != Evidence.ABSENT, report.header().orElseThrow().get(column).isInStream(),
                    column.name());
        }
    }
}
