package io.github.sqlvdi;

/** The state that the server gave to a device of the embedded VDI. */
public enum DeviceState {

    /** The server has not opened it yet. */
    NOT_OPEN,

    /** The server opened it. */
    OPEN,

    /** The server closed it. */
    CLOSED
}
