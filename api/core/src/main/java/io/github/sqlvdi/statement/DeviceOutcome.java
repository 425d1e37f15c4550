package io.github.sqlvdi.statement;

import java.util.Optional;

/**
 * How one device of a job ended.
 *
 * @param name the device's name
 * @param bytes the bytes that were moved for the server
 * @param closed whether the server closed the device, its orderly end; false after an abort, or when the device was
 *     never opened
 * @param failure the first failure of the device on the client's side, whatever the server made of it
 */
public record DeviceOutcome(String name, long bytes, boolean closed, Optional<Throwable> failure) {

    /**
     * Whether the device did its part.
     *
     * @return true when it was closed by the server and nothing failed
     */
    public boolean good() {
        return closed && failure.isEmpty();
    }
}
