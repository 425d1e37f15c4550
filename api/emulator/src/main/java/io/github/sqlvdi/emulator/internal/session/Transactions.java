package io.github.sqlvdi.emulator.internal.session;

import io.github.sqlvdi.emulator.internal.tokens.Done;
import io.github.sqlvdi.emulator.internal.tokens.ServerError;
import io.github.sqlvdi.emulator.internal.tokens.ServerMessage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Transactions: counted and shown to the client, because BACKUP is refused within one. Nothing else depends on them. */
final class Transactions {

    private static final int BEGIN = 8;
    private static final int COMMIT = 9;
    private static final int ROLLBACK = 10;
    private static final byte[] NOTHING = {};

    private final SessionState state;
    private final Reply reply;

    Transactions(SessionState state, Reply reply) {
        this.state = state;
        this.reply = reply;
    }

    /** Runs BEGIN, COMMIT, ROLLBACK or SAVE of T-SQL. */
    void run(String action) throws IOException {
        switch (action) {
            case "BEGIN" -> {
                begin();
                reply.done(Done.BEGIN, -1);
            }
            case "COMMIT" -> {
                require(3902, "The COMMIT TRANSACTION request has no corresponding BEGIN TRANSACTION.");
                commit();
                reply.done(Done.COMMIT, -1);
            }
            case "ROLLBACK" -> {
                require(3903, "The ROLLBACK TRANSACTION request has no corresponding BEGIN TRANSACTION.");
                rollback();
                reply.done(Done.ROLLBACK, -1);
            }
            default -> {
                require(628, "Cannot issue SAVE TRANSACTION when there is no active transaction.");
                reply.done(Done.OTHER, -1);
            }
        }
    }

    private void require(int number, String text) {
        if (state.transactions() == 0) {
            throw new ServerError(ServerMessage.error(number, text));
        }
    }

    void begin() throws IOException {
        if (state.begin()) {
            reply.environment(BEGIN, descriptor(), NOTHING);
        }
    }

    void commit() throws IOException {
        if (state.commit()) {
            reply.environment(COMMIT, NOTHING, descriptor());
        }
    }

    void rollback() throws IOException {
        state.rollback();
        reply.environment(ROLLBACK, NOTHING, descriptor());
    }

    private byte[] descriptor() {
        return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(state.transaction()).array();
    }
}
