package io.github.sqlvdi.peers;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A C program as client and server of our vtables, short. */
class DriveTest {

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void nativeThreadsDriveBothHalves(boolean restore) {
        Drive.run(restore, 2_000);
    }
}
