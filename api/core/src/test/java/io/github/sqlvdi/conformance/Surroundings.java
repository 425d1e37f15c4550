package io.github.sqlvdi.conformance;

/** What is different around a process that an implementation is asked to make a client in. */
enum Surroundings {
    /** The environment variable _VIRTUAL_SERVER_NAME_ names the instance {@link #INSTANCE} (VDI reference 3.5.2). */
    OTHER_INSTANCE,
    /** The environment variable _VIRTUAL_SERVER_NAME_ names what can be no instance. */
    ILL_FORMED_INSTANCE,
    /** What stands for the security environment cannot be set up: others could get at the names of sets. */
    UNSAFE;

    static final String INSTANCE = "SQL2019";
}
