package io.github.sqlvdi.emulator.internal.tokens;

import java.util.List;

/** Thrown when a statement fails, with the messages that the client gets, the last one last. */
public final class ServerError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<ServerMessage> messages;

    /**
     * Makes the exception.
     *
     * @param messages at least one
     */
    public ServerError(List<ServerMessage> messages) {
        super(messages.getLast().text());
        this.messages = List.copyOf(messages);
    }

    /**
     * Makes the exception.
     *
     * @param messages at least one
     */
    public ServerError(ServerMessage... messages) {
        this(List.of(messages));
    }

    /** {@return the messages} */
    public List<ServerMessage> messages() {
        return messages;
    }
}
