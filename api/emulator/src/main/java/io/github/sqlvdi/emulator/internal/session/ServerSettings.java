package io.github.sqlvdi.emulator.internal.session;

import io.github.sqlvdi.emulator.internal.catalog.Catalog;
import io.github.sqlvdi.emulator.internal.catalog.Sessions;
import io.github.sqlvdi.emulator.internal.statements.Faults;
import io.github.sqlvdi.emulator.internal.wire.Encryption;
import io.github.sqlvdi.emulator.internal.wire.ServerCertificate;
import java.time.Duration;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * What all sessions of a server share.
 *
 * @param catalog the databases
 * @param sessions the sessions
 * @param encryption the encryption offered
 * @param certificate the certificate, null without TLS
 * @param logins names in lower case, and their passwords
 * @param loginTimeout how long a client may take to log in
 * @param maxConnections how many connections there may be at once
 * @param executed takes the session id and the text of each batch and call
 * @param faults the faults that wait for a BACKUP or RESTORE
 */
public record ServerSettings(Catalog catalog, Sessions sessions, Encryption encryption, ServerCertificate certificate,
        Map<String, String> logins, Duration loginTimeout, int maxConnections, BiConsumer<Integer, String> executed,
        Faults faults) {
}
