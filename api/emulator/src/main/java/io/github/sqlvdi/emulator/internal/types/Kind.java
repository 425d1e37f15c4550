package io.github.sqlvdi.emulator.internal.types;

/** The kinds of types that the server knows, with the Java class of their values. */
public enum Kind {
    /** {@link Boolean}. */
    BIT(0x68),
    /** {@link Integer}, 0 to 255. */
    TINYINT(0x26),
    /** {@link Integer}. */
    SMALLINT(0x26),
    /** {@link Integer}. */
    INT(0x26),
    /** {@link Long}. */
    BIGINT(0x26),
    /** {@link java.math.BigDecimal}. */
    NUMERIC(0x6C),
    /** {@link java.math.BigDecimal} with 4 decimals. */
    MONEY(0x6E),
    /** {@link Double}, sent as 4 bytes. */
    REAL(0x6D),
    /** {@link Double}. */
    FLOAT(0x6D),
    /** {@link java.time.LocalDateTime}. */
    DATETIME(0x6F),
    /** {@link java.time.LocalDateTime}, at its midnight. */
    DATE(0x28),
    /** {@link java.time.LocalDateTime} of 1900-01-01. */
    TIME(0x29),
    /** {@link java.time.LocalDateTime}. */
    DATETIME2(0x2A),
    /** {@link java.time.OffsetDateTime}. */
    DATETIMEOFFSET(0x2B),
    /** {@link java.util.UUID}. */
    GUID(0x24),
    /** {@link String}. */
    NVARCHAR(0xE7),
    /** {@link String}, padded with blanks. */
    NCHAR(0xEF),
    /** {@link String}. */
    VARCHAR(0xA7),
    /** {@link String}, padded with blanks. */
    CHAR(0xAF),
    /** {@code byte[]}. */
    VARBINARY(0xA5),
    /** A value of another kind, with its type. */
    VARIANT(0x62);

    final int token;

    Kind(int token) {
        this.token = token;
    }

    /** {@return whether values are texts} */
    public boolean isText() {
        return this == NVARCHAR || this == NCHAR || this == VARCHAR || this == CHAR;
    }

    /** {@return whether values are texts of two bytes a character} */
    public boolean isUnicode() {
        return this == NVARCHAR || this == NCHAR;
    }

    /** {@return whether values are whole numbers} */
    public boolean isInteger() {
        return this == TINYINT || this == SMALLINT || this == INT || this == BIGINT;
    }

    /** {@return whether values are numbers} */
    public boolean isNumber() {
        return isInteger() || this == NUMERIC || this == MONEY || this == REAL || this == FLOAT || this == BIT;
    }

    /** {@return whether values are dates or times} */
    public boolean isTime() {
        return this == DATETIME || this == DATE || this == TIME || this == DATETIME2 || this == DATETIMEOFFSET;
    }
}
