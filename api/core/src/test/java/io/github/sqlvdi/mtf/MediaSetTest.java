package io.github.sqlvdi.mtf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Stripes are one set when all are there, once each, of the same set; the labels alone say so. */
class MediaSetTest {

    private final GeneratedDatabase database = Streams.database().build();
    private final GeneratedBackup backup = database.backup(BackupType.FULL).families(3).build();
    private final List<StreamReport> stripes = IntStream.rangeClosed(1, 3)
            .mapToObj(family -> Streams.read(Streams.bytes(backup.open(family)))).toList();

    private static List<MediaLabel> labels(List<StreamReport> reports) {
        return reports.stream().map(report -> report.label().orElseThrow()).toList();
    }

    @Test
    void allStripesAreCompleteInAnyOrder() {
        MediaSet set = MediaSet.of(stripes);
        assertTrue(set.isComplete(), set.problems().toString());
        assertTrue(set.isInOrder());
        assertEquals(3, set.familyCount());
        MediaSet turned = MediaSet.of(List.of(stripes.get(2), stripes.get(0), stripes.get(1)));
        assertTrue(turned.isComplete());
        assertFalse(turned.isInOrder());
        assertEquals(List.of(1, 2, 0), turned.order());
        assertTrue(MediaSet.ofLabels(labels(stripes)).isComplete());
    }

    @Test
    void missingStripeIsNamed() {
        MediaSet set = MediaSet.of(List.of(stripes.get(0), stripes.get(2)));
        assertEquals(List.of("the media set has 3 media families, and family 2 is not there (Msg 3132)"),
                set.problems());
        assertEquals(List.of(0, -1, 1), set.order());
        assertEquals(List.of("the media set has 3 media families, and families [1, 2] are not there (Msg 3132)"),
                MediaSet.ofLabels(labels(stripes.subList(2, 3))).problems());
    }

    @Test
    void stripeGivenTwiceIsNamed() {
        MediaSet set = MediaSet.of(List.of(stripes.get(0), stripes.get(1), stripes.get(1)));
        assertEquals(List.of("stream 3 and stream 2 are both family 2 of their media set (Msg 3227)",
                "the media set has 3 media families, and family 3 is not there (Msg 3132)"), set.problems());
    }

    @Test
    void stripeOfAnotherSetIsNamed() {
        GeneratedBackup other = database.backup(BackupType.FULL).families(3).build();
        StreamReport foreign = Streams.read(Streams.bytes(other.open(2)));
        List<MediaLabel> labels = List.of(stripes.get(0).label().orElseThrow(), foreign.label().orElseThrow(),
                stripes.get(2).label().orElseThrow());
        MediaSet set = MediaSet.ofLabels(labels);
        assertEquals(String.format(Locale.ROOT, "stream 2 is of media set %s, stream 1 of media set %s (Msg 3258)",
                other.mediaSetGuid(),
                backup.mediaSetGuid()), set.problems().getFirst());
        assertFalse(MediaSet.of(List.of(stripes.get(0), foreign, stripes.get(2))).isComplete());
    }

    @Test
    void stripeThatIsNotWholeIsAProblemOfTheSet() {
        byte[] bytes = Streams.bytes(backup.open(2));
        MediaSet set = MediaSet.of(
                List.of(stripes.get(0), Streams.read(bytes, bytes.length - 1), stripes.get(2)));
        assertEquals(1, set.problems().size());
        assertTrue(set.problems().getFirst().startsWith("stream 2 is incomplete"), set.problems().toString());
        MediaSet nothing = MediaSet.of(List.of(stripes.get(0), Streams.read(new byte[0])));
        assertFalse(nothing.isComplete());
        assertFalse(nothing.isInOrder());
    }

    @Test
    void noStreamIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> MediaSet.of(List.of()));
        assertThrows(IllegalArgumentException.class, () -> MediaSet.ofLabels(List.of()));
    }
}
