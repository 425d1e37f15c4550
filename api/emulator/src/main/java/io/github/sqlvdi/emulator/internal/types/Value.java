package io.github.sqlvdi.emulator.internal.types;

import java.math.BigDecimal;

/**
 * A value with its type.
 *
 * @param type the type
 * @param value the value in the Java class of the type, null for NULL
 */
public record Value(DataType type, Object value) {

    /** NULL of type int, as an untyped NULL is. */
    public static final Value NULL = new Value(DataType.INT, null);

    /**
     * Makes an int.
     *
     * @param number the value
     * @return the value
     */
    public static Value of(int number) {
        return new Value(DataType.INT, number);
    }

    /**
     * Makes a whole number of the smallest type that holds it: int, else bigint.
     *
     * @param number the value
     * @return the value
     */
    public static Value of(long number) {
        return number == (int) number ? of((int) number) : new Value(DataType.BIGINT, number);
    }

    /**
     * Makes a bit.
     *
     * @param bit the value
     * @return the value
     */
    public static Value of(boolean bit) {
        return new Value(DataType.BIT, bit);
    }

    /**
     * Makes an nvarchar as long as its text.
     *
     * @param text the text, null for NULL
     * @return the value
     */
    public static Value of(String text) {
        int length = text == null ? 1 : Math.max(1, text.length());
        return new Value(DataType.nvarchar(length > 4000 ? DataType.MAX : length), text);
    }

    /**
     * Makes a numeric as wide as the number.
     *
     * @param number the value
     * @return the value
     */
    public static Value of(BigDecimal number) {
        BigDecimal plain = number.scale() < 0 ? number.setScale(0) : number;
        return new Value(DataType.numeric(Math.clamp(Math.max(plain.precision(), plain.scale()), 1, 38), plain.scale()),
                plain);
    }

    /** {@return whether it is NULL} */
    public boolean isNull() {
        return value == null;
    }

    /** {@return the value as text, null for NULL} */
    public String text() {
        return value == null ? null : Values.text(value);
    }

    /**
     * Converts the value.
     *
     * @param wanted the type
     * @return a value of that type
     * @throws ConversionException if it cannot be converted
     */
    public Value as(DataType wanted) {
        return new Value(wanted, Values.convert(value, wanted));
    }
}
