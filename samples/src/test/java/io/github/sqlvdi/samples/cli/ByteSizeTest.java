package io.github.sqlvdi.samples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class ByteSizeTest {

    @ParameterizedTest
    @CsvSource({"0,0", "65536,65536", "64K,65536", "64k,65536", "4M,4194304", "2MiB,2097152", "3GB,3221225472",
        "1T,1099511627776", "7B,7", "9223372036854775807,9223372036854775807"})
    void suffixesAreStepsOf1024(String text, long bytes) {
        assertEquals(bytes, ByteSize.parse(text).bytes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "K", "1X", "-1", "1.5M", "0x10", " 1", "1 K", "M1"})
    void anythingElseIsNoSize(String text) {
        assertEquals(true, assertThrows(TypeConversionException.class, () -> ByteSize.parse(text)).getMessage()
                .contains("'" + text + "'"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"9223372036854775808", "8388608T", "9999999999999999999"})
    void moreThanLongIsRefused(String text) {
        assertEquals("'" + text + "' is more than 9223372036854775807 bytes",
                assertThrows(TypeConversionException.class, () -> ByteSize.parse(text)).getMessage());
    }

    @ParameterizedTest
    @CsvSource({"0,0 bytes", "1,1 byte", "1023,1023 bytes", "1024,1.0 KiB", "268435456,256.0 MiB",
        "9223372036854775807,8.0 EiB"})
    void wordsUseTheLargestUnit(long bytes, String words) {
        assertEquals(words, ByteSize.words(bytes));
    }

    @Test
    void rateIsBytesPerSecond() {
        assertEquals("2.0 MiB/s", ByteSize.rate(1 << 20, Duration.ofMillis(500)));
        assertEquals("1.0 GiB/s", ByteSize.rate(1 << 30, Duration.ofSeconds(1)));
        assertEquals("0 bytes/s", ByteSize.rate(0, Duration.ZERO));
    }
}
