package io.github.sqlvdi.emulator.sqlserver;

/**
 * A batch or call that a client sent.
 *
 * @param session the session id, {@literal @@}SPID
 * @param text the batch, the statement of a call, or the name of the called procedure
 */
public record ExecutedText(int session, String text) {
}
