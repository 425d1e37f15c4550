package io.github.sqlvdi.statement;

import java.util.Optional;

/**
 * How one device of a job ended.
 *
 * @param name the device's name
 * @param bytes the bytes that were moved for the server
 * @param closed whether the server closed the device, which is its normal end; false after an abort, or when the device
 *     was never opened
 * @param failure the first failure of the device on the client's side, even if the server continued after it
 */
public record DeviceOutcome(String name, long bytes, boolean closed, Optional<Throwable> failure) {

    /** {@return whether the server closed the device and nothing failed} */
    public boolean good() {
        return closed && failure.isEmpty();
    }
}
