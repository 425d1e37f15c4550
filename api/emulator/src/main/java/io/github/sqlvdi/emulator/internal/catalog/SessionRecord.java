package io.github.sqlvdi.emulator.internal.catalog;

import java.time.LocalDateTime;
import java.time.ZoneId;

/** What other sessions see of a session. Its changing fields are written by the session's own threads. */
public final class SessionRecord {

    private final int spid;
    private final String login;
    private final String host;
    private final String program;
    private final Runnable kill;
    private final LocalDateTime loginTime = LocalDateTime.now(ZoneId.systemDefault());
    /** The current database. */
    public volatile String database = "master";
    /** The statement that runs, as sys.dm_exec_requests names it; null when the session is idle. */
    public volatile String command;
    /** When the request began. */
    public volatile LocalDateTime requestStart = loginTime;
    /** How much of a backup or restore is done, 0 to 100. */
    public volatile double percent;
    /** Open transactions. */
    public volatile int transactions;

    /**
     * Makes a record.
     *
     * @param spid the session's id
     * @param login the login
     * @param host the client's machine
     * @param program the client program
     * @param kill ends the session
     */
    public SessionRecord(int spid, String login, String host, String program, Runnable kill) {
        this.spid = spid;
        this.login = login;
        this.host = host;
        this.program = program;
        this.kill = kill;
    }

    /** {@return the session's id} */
    public int spid() {
        return spid;
    }

    /** {@return the login} */
    public String login() {
        return login;
    }

    /** {@return the client's machine} */
    public String host() {
        return host;
    }

    /** {@return the client program} */
    public String program() {
        return program;
    }

    /** {@return when it logged in} */
    public LocalDateTime loginTime() {
        return loginTime;
    }

    /** Ends the session: its connection is closed and its statement cancelled. */
    public void kill() {
        kill.run();
    }
}
