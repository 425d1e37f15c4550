package io.github.sqlvdi;

import static io.github.sqlvdi.Features.DISCARD;
import static io.github.sqlvdi.Features.LIKE_DISK;
import static io.github.sqlvdi.Features.LIKE_PIPE;
import static io.github.sqlvdi.Features.LIKE_TAPE;
import static io.github.sqlvdi.Features.REMOVABLE;
import static io.github.sqlvdi.Features.REQUEST_COMPLETE;
import static io.github.sqlvdi.Features.WRITE_MEDIA;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class FeaturesTest {

    @Test
    void classesHaveTheNumbersOfTheReference() {
        assertEquals(0, LIKE_PIPE);
        assertEquals(371, LIKE_TAPE);
        assertEquals(512, LIKE_DISK);
    }

    @Test
    void optionalBitsDoNotChangeTheClass() {
        int extras = REMOVABLE | DISCARD | REQUEST_COMPLETE | WRITE_MEDIA;
        assertClass(true, false, false, LIKE_PIPE | extras);
        assertClass(false, true, false, LIKE_TAPE | extras);
        assertClass(false, false, true, LIKE_DISK | extras);
    }

    @Test
    void halfATapeOrAMixtureIsNoClass() {
        assertClass(false, false, false, Features.FILE_MARKS);
        assertClass(false, false, false, LIKE_TAPE & ~REMOVABLE);
        assertClass(false, false, false, LIKE_TAPE | LIKE_DISK);
    }

    private static void assertClass(boolean pipe, boolean tape, boolean disk, int mask) {
        assertEquals(pipe, Features.isLikePipe(mask), "pipe-like");
        assertEquals(tape, Features.isLikeTape(mask), "tape-like");
        assertEquals(disk, Features.isLikeDisk(mask), "disk-like");
    }

    @Test
    void everyConstantIsAKnownFeature() throws IllegalAccessException {
        for (int mask : IntConstants.of(Features.class).values()) {
            assertEquals(0, Features.unknownBits(mask), () -> Features.describe(mask));
            assertFalse(Features.describe(mask).contains("| 0x"), () -> Features.describe(mask));
        }
        assertEquals(0x0000_400C, Features.unknownBits(0x0000_400C | LIKE_TAPE));
    }

    @Test
    void describeNamesTheClassThenTheOtherBits() {
        assertEquals("VDF_LikePipe (0x00000000)", Features.describe(0));
        assertEquals("VDF_LikePipe | VDF_WriteMedia (0x00010000)", Features.describe(0x10000));
        assertEquals("VDF_LikePipe | VDF_Removable (0x00000001)", Features.describe(1));
        assertEquals("VDF_LikeTape | VDF_Discard (0x000001F3)", Features.describe(LIKE_TAPE | DISCARD));
        assertEquals("VDF_LikeDisk | 0x4 | VDF_LatchStats (0x80000204)", Features.describe(0x80000204));
        assertEquals("VDF_FileMarks | VDF_RandomAccess (0x00000300)", Features.describe(0x300));
        assertTrue(Features.describe(-1).endsWith("0x40000000 | VDF_LatchStats (0xFFFFFFFF)"), Features.describe(-1));
    }
}
