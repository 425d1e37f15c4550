package io.github.sqlvdi.emulator.internal.types;

/** Thrown when a value cannot become a value of another type: SQL Server's messages 241, 245, 8114 and their like. */
public final class ConversionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int number;

    ConversionException(int number, String message) {
        super(message);
        this.number = number;
    }

    /** {@return the number of SQL Server's message} */
    public int number() {
        return number;
    }
}
