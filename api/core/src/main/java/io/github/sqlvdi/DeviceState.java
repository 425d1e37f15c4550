package io.github.sqlvdi;

/** The state of a device of the embedded VDI, as its server left it. */
public enum DeviceState {

    /** The server has not opened it yet. */
    NOT_OPEN,

    /** The server opened it. */
    OPEN,

    /** The server closed it. */
    CLOSED
}
