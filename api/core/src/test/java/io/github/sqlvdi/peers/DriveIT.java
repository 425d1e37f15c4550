package io.github.sqlvdi.peers;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A C program as client and server of our vtables: 8 threads with many commands each. Option:
 * {@code -Dsqlvdi.drive.commands=100000}, as {@code .ci/run} has it.
 */
class DriveIT {

    private static final int COMMANDS = Integer.getInteger("sqlvdi.drive.commands", 15_000);

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void eightNativeThreadsWithThousandsOfCommandsEach(boolean restore) {
        Drive.run(restore, COMMANDS);
    }
}
