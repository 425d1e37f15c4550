package io.github.sqlvdi.conformance;

import java.io.Serializable;

/**
 * One callback: the VDS_Command block as it was when the library called completionRoutine.
 *
 * @param thread        name of the thread that made the callback
 * @param insideSending true when that thread was inside SendCommand for this very block
 */
record Completion(long tag, int command, int size, long position, long buffer, int completionCode, int bytes,
        long positionOut, String thread, boolean insideSending) implements Serializable {
}
