package io.github.sqlvdi.peers;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A C program as client and server of our vtables: 8 threads, 100,000 commands each. */
class DriveIT {

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void eightNativeThreadsWithHundredThousandCommandsEach(boolean restore) {
        Drive.run(restore, 100_000);
    }
}
