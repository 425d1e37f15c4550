package io.github.sqlvdi.emulator.internal.session;

import io.github.sqlvdi.emulator.internal.statements.Cancellation;
import io.github.sqlvdi.emulator.internal.tokens.Done;
import io.github.sqlvdi.emulator.internal.tokens.ServerError;
import io.github.sqlvdi.emulator.internal.tokens.ServerMessage;
import io.github.sqlvdi.emulator.internal.tokens.TokenWriter;
import io.github.sqlvdi.emulator.internal.wire.Message;
import io.github.sqlvdi.emulator.internal.wire.Payload;
import io.github.sqlvdi.emulator.internal.wire.ProtocolException;
import java.io.IOException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;

/** Executes the requests of a session, one after the other, on the session's thread. */
final class SessionExecutor {

    private static final int TM_GET_ADDRESS = 0;
    private static final int TM_BEGIN = 5;
    private static final int TM_COMMIT = 7;
    private static final int TM_ROLLBACK = 8;
    private static final int TM_SAVE = 9;
    private static final byte[] NOTHING = {};

    private final ServerSettings settings;
    private final SessionState state;
    private final TokenWriter tokens;
    private final boolean hasHeaders;
    private final boolean hasCollation;

    SessionExecutor(ServerSettings settings, SessionState state, TokenWriter tokens, int version) {
        this.settings = settings;
        this.state = state;
        this.tokens = tokens;
        hasHeaders = TokenWriter.hasHeaders(version);
        hasCollation = TokenWriter.hasCollation(version);
    }

    /** Executes requests until the connection ends. */
    void run(RequestQueue queue) throws IOException, InterruptedException {
        for (Request request; (request = queue.take()) != null;) {
            Reply reply = new Reply(tokens, state, request.cancellation());
            if (request.message() == null) {
                queue.finish();
                reply.acknowledge();
                continue;
            }
            execute(request, reply);
            reply.finish();
            for (int due = queue.finish(); due > 0; due--) {
                reply.acknowledge();
            }
        }
    }

    private void execute(Request request, Reply reply) throws IOException {
        Message message = request.message();
        state.session().requestStart = LocalDateTime.now(ZoneId.systemDefault());
        state.session().command = "SELECT";
        try {
            if (message.isReset()) {
                reset(message, reply);
            }
            Payload payload = message.payload();
            if (hasHeaders && message.type() != Message.BULK) {
                skipHeaders(payload);
            }
            BatchRunner batch = new BatchRunner(state, reply, settings.faults());
            switch (message.type()) {
                case Message.BATCH -> {
                    String text = payload.text(payload.remaining() / 2);
                    settings.executed().accept(state.session().spid(), text);
                    batch.run(text, Map.of());
                }
                case Message.RPC -> calls(payload, reply, batch);
                case Message.TRANSACTION -> transaction(payload, reply);
                default -> throw new ProtocolException(
                        String.format(Locale.ROOT, "Packet type %d is not a request", message.type()));
            }
        } catch (Cancellation.CancelledException cancelled) {
            reply.failed(Done.NONE);
        } catch (ServerError error) {
            for (ServerMessage each : error.messages()) {
                reply.message(each, 1);
            }
            reply.failed(Done.NONE);
        } finally {
            state.session().command = null;
            state.session().percent = 0;
        }
    }

    private void calls(Payload payload, Reply reply, BatchRunner batch) throws IOException {
        for (RpcCall call : RpcCall.read(payload, hasHeaders, hasCollation)) {
            settings.executed().accept(state.session().spid(), RpcRunner.shown(call));
            new RpcRunner(state, reply, batch).run(call);
        }
    }

    private void reset(Message message, Reply reply) throws IOException {
        String before = state.session().database;
        int open = state.transactions();
        state.reset();
        if ((message.status() & Message.RESET_KEEP_TRANSACTION) != 0 && open > 0) {
            state.begin();
        }
        reply.environment(18, NOTHING, NOTHING);
        if (!before.equals(state.session().database)) {
            reply.environment(1, state.session().database, before);
        }
    }

    private static void skipHeaders(Payload payload) throws ProtocolException {
        long total = payload.u32();
        if (total < 4) {
            throw new ProtocolException(String.format(Locale.ROOT, "ALL_HEADERS has %d bytes", total));
        }
        payload.skip(total - 4);
    }

    private void transaction(Payload payload, Reply reply) throws IOException {
        Transactions transactions = new Transactions(state, reply);
        int type = payload.u16();
        switch (type) {
            case TM_BEGIN -> {
                transactions.begin();
                reply.done(Done.BEGIN, -1);
            }
            case TM_COMMIT, TM_ROLLBACK -> {
                boolean commits = type == TM_COMMIT;
                transactions.run(commits ? "COMMIT" : "ROLLBACK");
                payload.shortText();
                boolean beginsAgain = payload.remaining() > 0 && (payload.u8() & 1) != 0;
                if (beginsAgain) {
                    transactions.begin();
                }
            }
            case TM_SAVE -> transactions.run("SAVE");
            case TM_GET_ADDRESS -> throw new ServerError(ServerMessage.error(3981,
                    "The transaction operation cannot be performed: distributed transactions are not supported."));
            default ->
                    throw new ProtocolException(String.format(Locale.ROOT, "Transaction request %d is unknown", type));
        }
    }
}
