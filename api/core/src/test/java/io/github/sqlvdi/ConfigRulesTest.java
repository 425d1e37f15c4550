package io.github.sqlvdi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigRulesTest {

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            0   ; 0x0     ; 0  ; 0     ; 0   ; deviceCount is 0: expected 1 to 64
            65  ; 0x0     ; 0  ; 0     ; 0   ; deviceCount is 65: expected 1 to 64
            -1  ; 0x0     ; 0  ; 0     ; 0   ; deviceCount is -1 (4,294,967,295 unsigned): expected 1 to 64
            1   ; 0x400C  ; 0  ; 0     ; 0   ; features has the unassigned bits 0x400C: expected none of them
            1   ; 0x10000 ; 0  ; 0     ; 0   ; features is VDF_LikePipe | VDF_WriteMedia (0x00010000)
            1   ; 0x300   ; 0  ; 0     ; 0   ; features is VDF_FileMarks | VDF_RandomAccess (0x00000300)
            1   ; 0x172   ; 0  ; 0     ; 0   ; features is VDF_Rewind
            1   ; 0x0     ; -1 ; 0     ; 0   ; prefixZoneSize is -1 (4,294,967,295 unsigned): expected 0 to
            1   ; 0x0     ; 0  ; 3     ; 0   ; alignment is 3: expected 0 or a power of two
            1   ; 0x0     ; 0  ; 131072; 0   ; alignment is 131,072: expected 0 or a power of two
            1   ; 0x173   ; 0  ; 0     ; -5  ; softFileMarkBlockSize is -5 (4,294,967,291 unsigned)
            1   ; 0x200   ; 0  ; 0     ; 512 ; softFileMarkBlockSize is 512: expected 0, as there is no VDF_FileMarks
            """)
    void requestProblemNamesTheValueAndWhatIsExpected(int devices, String features, int prefix, int alignment,
            int softMark, String start) {
        int mask = Integer.decode(features);
        VdiConfig request = VdiConfig.builder().deviceCount(devices).features(mask).prefixZoneSize(prefix)
                .alignment(alignment).softFileMarkBlockSize(softMark).buildAnswer();
        String problem = ConfigRules.requestProblem(request).orElse("no problem found");
        assertTrue(problem.startsWith(start), problem);
    }

    @ParameterizedTest
    @ValueSource(ints = {Features.LIKE_PIPE, Features.LIKE_PIPE | Features.REMOVABLE | Features.SNAPSHOT_PREPARE,
        Features.LIKE_TAPE, Features.LIKE_TAPE | Features.DISCARD, Features.LIKE_DISK,
        Features.LIKE_DISK | Features.REMOVABLE | Features.REQUEST_COMPLETE,
        Features.VSS_WRITER | Features.LATCH_STATS})
    void everyClassWithItsExtrasIsAccepted(int features) {
        VdiConfig request = VdiConfig.builder().deviceCount(64).features(features).prefixZoneSize(4096)
                .alignment(65_536).eomWarningSize(-1).serverTimeOut(Duration.ofMillis(0xFFFF_FFFFL)).build();
        assertEquals(Optional.empty(), ConfigRules.requestProblem(request));
    }

    @Test
    void valuesOfTheServerAreIgnoredInARequest() {
        VdiConfig request = VdiConfig.builder().blockSize(-1).maxIoDepth(-1).maxTransferSize(-1)
                .bufferAreaSize(-1).buildAnswer();
        assertEquals(Optional.empty(), ConfigRules.requestProblem(request));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            256    | 0      | 65536      | blockSize is 256: expected a power of two from 512 to 65,536 bytes
            131072 | 0      | 65536      | blockSize is 131,072: expected a power of two from 512 to 65,536 bytes
            1000   | 0      | 65536      | blockSize is 1,000: expected a power of two from 512 to 65,536 bytes
            4096   | 512    | 65536      | alignment is 512: expected 0 or a power of two from the block size (4096) to
            512    | 131072 | 65536      | alignment is 131,072: expected 0 or a power of two from the block size (512)
            512    | 0      | 0          | maxTransferSize is 0: expected a multiple of 65,536 bytes
            512    | 0      | 65537      | maxTransferSize is 65,537: expected a multiple of 65,536 bytes
            512    | 0      | -65536     | maxTransferSize is -65,536 (4,294,901,760 unsigned)
            """)
    void answerProblemNamesTheValueAndWhatIsExpected(int blockSize, int alignment, int maxTransferSize, String start) {
        String problem = ConfigRules.answerProblem(blockSize, alignment, maxTransferSize).orElse("no problem found");
        assertTrue(problem.startsWith(start), problem);
    }

    @Test
    void everyBlockSizeWithEveryAlignmentFromItUpIsAccepted() {
        for (int block = 512; block <= 65_536; block *= 2) {
            assertEquals(Optional.empty(), ConfigRules.answerProblem(block, 0, 4 << 20));
            for (int alignment = block; alignment <= 65_536; alignment *= 2) {
                assertEquals(Optional.empty(), ConfigRules.answerProblem(block, alignment, 65_536));
            }
        }
    }
}
