package io.github.sqlvdi.server;

/** How the delivery of completions ended without a failure (VDI reference 3.7.7). */
public enum AgentEnd {

    /** The server closed the set. */
    CLOSED,

    /** The set was aborted, by this process or another one ({@code VD_E_ABORT}). */
    ABORTED
}
