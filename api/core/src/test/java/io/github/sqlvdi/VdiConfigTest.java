package io.github.sqlvdi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VdiConfigTest {

    private static final String REFUSED = "; a set with it is refused with VD_E_NOTSUPPORTED (0x80770009)";

    @Test
    void defaultIsOnePlainPipe() {
        VdiConfig config = VdiConfig.builder().build();
        assertEquals(1, config.deviceCount());
        assertEquals(Features.LIKE_PIPE, config.features());
        assertEquals(Duration.ZERO, config.serverTimeOut());
        assertEquals(List.of(0, 0, 0, 0, 0, 0, 0, 0), List.of(config.prefixZoneSize(), config.alignment(),
                config.softFileMarkBlockSize(), config.eomWarningSize(), config.blockSize(), config.maxIoDepth(),
                config.maxTransferSize(), config.bufferAreaSize()));
    }

    @Test
    void builderPutsEachValueInItsPlace() {
        VdiConfig config = VdiConfig.builder().deviceCount(64).features(Features.LIKE_TAPE | Features.REQUEST_COMPLETE)
                .prefixZoneSize(100).alignment(4096).softFileMarkBlockSize(512).eomWarningSize(1 << 20)
                .serverTimeOut(Duration.ofSeconds(90)).build();
        assertEquals(List.of(64, 0x2173, 100, 4096, 512, 1 << 20), List.of(config.deviceCount(), config.features(),
                config.prefixZoneSize(), config.alignment(), config.softFileMarkBlockSize(), config.eomWarningSize()));
        assertEquals(Duration.ofSeconds(90), config.serverTimeOut());
    }

    @Test
    void toBuilderKeepsEveryValue() {
        VdiConfig answer = VdiConfig.builder().deviceCount(2).features(3).prefixZoneSize(4).alignment(5)
                .softFileMarkBlockSize(6).eomWarningSize(7).serverTimeOut(Duration.ofMillis(8)).blockSize(9)
                .maxIoDepth(10).maxTransferSize(11).bufferAreaSize(12).buildAnswer();
        assertEquals(answer, answer.toBuilder().buildAnswer());
        assertEquals(answer.hashCode(), answer.toBuilder().buildAnswer().hashCode());
        for (int value = 2; value <= 12; value++) {
            assertTrue(answer.toString().contains("=" + (value == 8 ? "PT0.008S" : value == 3 ? "" : value)),
                    answer::toString);
        }
    }

    @Test
    void requestMadeOfAnAnswerHasNoneOfTheServersValues() {
        VdiConfig answer = VdiConfig.builder().deviceCount(2).blockSize(512).maxIoDepth(4).maxTransferSize(65_536)
                .bufferAreaSize(1 << 20).buildAnswer();
        assertEquals(VdiConfig.builder().deviceCount(2).build(), answer.toBuilder().build());
    }

    @Test
    void refusedValueIsNamedWithWhatIsExpectedAndTheCode() {
        assertRefused("deviceCount is 65: expected 1 to 64" + REFUSED, VdiConfig.builder().deviceCount(65));
        assertRefused("alignment is 131,072: expected 0 or a power of two up to 65,536 bytes" + REFUSED,
                VdiConfig.builder().alignment(131_072));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-0.001S", "PT0.0009S", "PT4294967.296S", "PT9999999999H"})
    void timeOutOutsideTheRangeIsRefused(String interval) {
        VdiConfig.Builder builder = VdiConfig.builder();
        Duration duration = Duration.parse(interval);
        IllegalArgumentException failure =
                assertThrows(IllegalArgumentException.class, () -> builder.serverTimeOut(duration));
        assertEquals("serverTimeOut is " + duration + ": expected zero (no limit), or 1 ms to 4,294,967,295 ms",
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
        VdiConfig answer = VdiConfig.builder().features(features).buildAnswer();
        assertEquals(backup, answer.isBackup(), "backup");
        assertEquals(restore, answer.isRestore(), "restore");
    }

    private static void assertRefused(String message, VdiConfig.Builder builder) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, builder::build).getMessage());
    }
}
