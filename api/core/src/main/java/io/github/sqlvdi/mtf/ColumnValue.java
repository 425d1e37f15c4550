package io.github.sqlvdi.mtf;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;

/**
 * The value of a column: a value, NULL, or not in the stream. NULL is an answer ("this backup has no differential base");
 * not in the stream means that a server might print a value which the stream does not hold at a known place.
 *
 * @param <T> the Java type of the column
 */
public final class ColumnValue<T> {

    private static final ColumnValue<?> NULL = new ColumnValue<>(null, true);
    private static final ColumnValue<?> NOT_IN_STREAM = new ColumnValue<>(null, false);

    private final T value;
    private final boolean inStream;

    private ColumnValue(T value, boolean inStream) {
        this.value = value;
        this.inStream = inStream;
    }

    /**
     * A value.
     *
     * @param <T> its type
     * @param value not null
     * @return the column's value
     */
    public static <T> ColumnValue<T> of(T value) {
        return new ColumnValue<>(Objects.requireNonNull(value, "value"), true);
    }

    /**
     * SQL's NULL.
     *
     * @param <T> the type of the column
     * @return the column's value
     */
    @SuppressWarnings("unchecked")
    public static <T> ColumnValue<T> ofNull() {
        return (ColumnValue<T>) NULL;
    }

    /**
     * No value: the stream does not hold it at a known place.
     *
     * @param <T> the type of the column
     * @return the column's value
     */
    @SuppressWarnings("unchecked")
    public static <T> ColumnValue<T> notInStream() {
        return (ColumnValue<T>) NOT_IN_STREAM;
    }

    static <T> ColumnValue<T> ofNullable(T value) {
        return value == null ? ofNull() : of(value);
    }

    /** {@return whether there is a value that is not NULL} */
    public boolean isPresent() {
        return value != null;
    }

    /** {@return whether the value is NULL} */
    public boolean isNull() {
        return inStream && value == null;
    }

    /** {@return whether the stream holds it, be it a value or NULL} */
    public boolean isInStream() {
        return inStream;
    }

    /**
     * The value.
     *
     * @return the value, not null
     * @throws IllegalStateException if it is NULL or not in the stream; the message says which
     */
    public T get() {
        if (value == null) {
            throw new IllegalStateException("the value is " + this);
        }
        return value;
    }

    /** {@return the value; null where it is NULL or not in the stream} */
    public T orNull() {
        return value;
    }

    /** {@return the value; empty where it is NULL or not in the stream} */
    public Optional<T> toOptional() {
        return Optional.ofNullable(value);
    }

    /** {@return whether the other is a column's value with an equal value, or equally without one} */
    @Override
    public boolean equals(Object other) {
        return other instanceof ColumnValue<?> that && inStream == that.inStream
                && Objects.deepEquals(value, that.value);
    }

    @Override
    public int hashCode() {
        return value instanceof byte[] bytes ? Arrays.hashCode(bytes) : Objects.hash(value, inStream);
    }

    /** {@return the value, {@code NULL} or {@code not in the stream}} */
    @Override
    public String toString() {
        if (value instanceof byte[] bytes) {
            return "0x" + HexFormat.of().withUpperCase().formatHex(bytes);
        }
        return value != null ? value.toString() : inStream ? "NULL" : "not in the stream";
    }
}
