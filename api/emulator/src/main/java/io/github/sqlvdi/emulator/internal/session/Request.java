package io.github.sqlvdi.emulator.internal.session;

import io.github.sqlvdi.emulator.internal.statements.Cancellation;
import io.github.sqlvdi.emulator.internal.wire.Message;

/**
 * A request of a client while it is executed.
 *
 * @param message the request; null to acknowledge an attention that came while nothing ran
 * @param cancellation whether it was cancelled
 */
record Request(Message message, Cancellation cancellation) {

    Request(Message message) {
        this(message, new Cancellation());
    }
}
