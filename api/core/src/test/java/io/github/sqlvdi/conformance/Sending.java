package io.github.sqlvdi.conformance;

import java.io.Serializable;

/**
 * One command to send: the fields of VDS_Command that the server fills in.
 *
 * @param tag goes into completionContext and tells the {@link Completion} apart; unique within a server half
 */
record Sending(long tag, int command, int size, long position, long buffer) implements Serializable {
}
