package io.github.sqlvdi.conformance;

/** What an implementation can be asked to do; a case that needs more is reported as not run, with the reason. */
enum Capability {
    /** It makes server objects (Microsoft reserves them for the SQL Server process). */
    SERVER("the implementation gives no server object"),
    /** Its server object also has the interface of SQL Server 7.0. */
    LEGACY_SERVER("the implementation gives no IServerVirtualDeviceSet"),
    /** It can make clients in processes with other {@link Surroundings}. */
    SURROUNDINGS("the implementation cannot be put into other surroundings"),
    /** Client and server half share this process, so that their memory can be looked at from both sides. */
    ONE_PROCESS("client and server live in different processes");

    private final String missing;

    Capability(String missing) {
        this.missing = missing;
    }

    String missing() {
        return missing;
    }
}
