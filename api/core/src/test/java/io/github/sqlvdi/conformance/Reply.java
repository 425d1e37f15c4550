package io.github.sqlvdi.conformance;

import java.io.Serializable;

/**
 * The result of a method with an out-pointer.
 *
 * @param code  the HRESULT
 * @param value what stands behind the out-pointer after the call; {@link #UNTOUCHED} when the callee left it alone
 */
record Reply(int code, long value) implements Serializable {

    /** Stands behind every out-pointer before the call. */
    static final long UNTOUCHED = 0x5A5A_5A5A_5A5A_5A5AL;
    /** The same for a 32-bit out-value. */
    static final int UNTOUCHED_INT = 0x5A5A_5A5A;

    /** The configuration a GetConfiguration gave; null when the call failed. */
    record OfConfig(int code, RawConfig config) implements Serializable {
    }

    /** The command block a GetCommand gave; all zero except {@code pointer} when the call failed. */
    record OfCommand(int code, long pointer, int command, int size, long position, long buffer)
            implements
                Serializable {
    }
}
