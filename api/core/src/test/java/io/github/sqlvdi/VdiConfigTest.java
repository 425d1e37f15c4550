package io.github.sqlvdi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VdiConfigTest {

    private static final String REFUSED = "; a set with it is refused with VD_E_NOTSUPPORTED (0x80770009)";

    @Test
    void defaultIsOnePlainPipe() {
        assertEquals(new VdiConfig(1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), VdiConfig.builder().build());
    }

    @Test
    void builderPutsEachValueInItsPlace() {
        VdiConfig config = VdiConfig.builder().deviceCount(64).features(Features.LIKE_TAPE | Features.REQUEST_COMPLETE)
                .prefixZoneSize(100).alignment(4096).softFileMarkBlockSize(512).eomWarningSize(1 << 20)
                .serverTimeOut(Duration.ofSeconds(90)).build();
        assertEquals(new VdiConfig(64, 0x2173, 100, 4096, 512, 1 << 20, 90_000, 0, 0, 0, 0), config);
    }

    @Test
    void refusedValueIsNamedWithWhatIsExpectedAndTheCode() {
        assertRefused("deviceCount is 65: expected 1 to 64" + REFUSED, VdiConfig.builder().deviceCount(65));
        assertRefused("alignment is 131,072: expected 0 or a power of two up to 65,536 bytes" + REFUSED,
                VdiConfig.builder().alignment(131_072));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-0.001S", "PT0.0009S", "PT2147483.648S", "PT9999999999H"})
    void timeOutOutsideTheRangeIsRefused(String interval) {
        VdiConfig.Builder builder = VdiConfig.builder();
        Duration duration = Duration.parse(interval);
        IllegalArgumentException failure =
                assertThrows(IllegalArgumentException.class, () -> builder.serverTimeOut(duration));
        assertEquals("serverTimeOut is " + duration + ": expected zero (no limit), or 1 ms to 2,147,483,647 ms",
                failure.getMessage());
    }

    @Test
    void writeMediaDecidesTheDirection() {
        assertDirection(true, false, Features.WRITE_MEDIA);
        assertDirection(false, true, Features.READ_MEDIA);
        assertDirection(true, false, Features.WRITE_MEDIA | Features.READ_MEDIA);
        assertDirection(false, false, Features.LIKE_TAPE);
    }

    private static void assertDirection(boolean backup, boolean restore, int features) {
        VdiConfig answer = new VdiConfig(1, features, 0, 512, 0, 0, 0, 512, 4, 65_536, 1 << 20);
        assertEquals(backup, answer.isBackup(), "backup");
        assertEquals(restore, answer.isRestore(), "restore");
    }

    private static void assertRefused(String message, VdiConfig.Builder builder) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, builder::build).getMessage());
    }
}
