package io.github.sqlvdi.emulator.internal.session;

import io.github.sqlvdi.emulator.internal.catalog.Database;
import io.github.sqlvdi.emulator.internal.tokens.Done;
import io.github.sqlvdi.emulator.internal.tokens.ServerMessage;
import io.github.sqlvdi.emulator.internal.tokens.TokenWriter;
import io.github.sqlvdi.emulator.internal.types.TypeWriter;
import io.github.sqlvdi.emulator.internal.wire.Login;
import io.github.sqlvdi.emulator.internal.wire.MessageWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;

/** Checks a login and writes the answer (TDS reference 3.1). */
final class LoginResponse {

    private final ServerSettings settings;
    private final Login login;
    private final TokenWriter tokens;

    LoginResponse(ServerSettings settings, Login login, TokenWriter tokens) {
        this.settings = settings;
        this.login = login;
        this.tokens = tokens;
    }

    /** The messages that refuse the login; empty if it is good. */
    List<ServerMessage> refusal() {
        if (login.integrated() || login.federated() || login.changesPassword()) {
            return List.of(
                    new ServerMessage(18452, 14, 1, "Login failed. The login is from an untrusted domain and cannot be "
                            + "used with Integrated authentication."));
        }
        ServerMessage failed = new ServerMessage(18456, 14, 1,
                String.format(Locale.ROOT, "Login failed for user '%s'.", login.user()));
        if (!isPassword(settings.logins().get(login.user().toLowerCase(Locale.ROOT)))) {
            return List.of(failed);
        }
        boolean usable = settings.catalog().locked(all -> all.find(database())
                .map(database -> database.state == Database.State.ONLINE).orElse(false));
        return usable ? List.of() : List.of(new ServerMessage(4060, 11, 1,
                String.format(Locale.ROOT, "Cannot open database \"%s\" requested by the login. The login failed.",
                        database())),
                failed);
    }

    private boolean isPassword(String expected) {
        byte[] given = login.password().getBytes(StandardCharsets.UTF_16LE);
        return expected != null && MessageDigest.isEqual(given, expected.getBytes(StandardCharsets.UTF_16LE));
    }

    /** The initial database. */
    String database() {
        return login.database().isEmpty() ? "master" : login.database();
    }

    void refuse(List<ServerMessage> reasons) throws IOException {
        for (ServerMessage reason : reasons) {
            tokens.message(reason, "", 1);
        }
        tokens.done(0xFD, Done.ERROR, 0, 0);
        tokens.end();
    }

    /** Writes the answer and returns the packet size that both sides use from now on. */
    int accept() throws IOException {
        int granted = login.packetSize() == 0 ? MessageWriter.DEFAULT_PACKET
                : Math.clamp(login.packetSize(), MessageWriter.MIN_PACKET, 32_767);
        String name = settings.catalog().find(database()).map(Database::name).orElse("master");
        tokens.environment(1, name, "master");
        tokens.message(
                new ServerMessage(5701, 10, 2, String.format(Locale.ROOT, "Changed database context to '%s'.", name)),
                "", 1);
        tokens.environment(7, TypeWriter.COLLATION, new byte[0]);
        tokens.environment(2, "us_english", "");
        tokens.message(new ServerMessage(5703, 10, 1, "Changed language setting to us_english."), "", 1);
        tokens.loginAck(login.spoken(), settings.catalog().identity().version());
        tokens.environment(4, String.valueOf(granted), String.valueOf(MessageWriter.DEFAULT_PACKET));
        if (login.features()) {
            tokens.features(login.utf8());
        }
        tokens.done(0xFD, 0, 0, 0);
        tokens.end();
        return granted;
    }
}
