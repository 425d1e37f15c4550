package io.github.sqlvdi.emulator.internal.types;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A type of T-SQL.
 *
 * @param kind the kind
 * @param length characters of a text or bytes of binary data, {@link #MAX} for {@code max}; 0 where it has no meaning
 * @param precision decimal digits of a numeric
 * @param scale decimals of a numeric, or of the seconds of a time
 */
public record DataType(Kind kind, int length, int precision, int scale) {

    /** The length of {@code nvarchar(max)} and its like. */
    public static final int MAX = -1;

    /** bit. */
    public static final DataType BIT = of(Kind.BIT);
    /** tinyint. */
    public static final DataType TINYINT = of(Kind.TINYINT);
    /** smallint. */
    public static final DataType SMALLINT = of(Kind.SMALLINT);
    /** int. */
    public static final DataType INT = of(Kind.INT);
    /** bigint. */
    public static final DataType BIGINT = of(Kind.BIGINT);
    /** real. */
    public static final DataType REAL = of(Kind.REAL);
    /** float. */
    public static final DataType FLOAT = of(Kind.FLOAT);
    /** datetime. */
    public static final DataType DATETIME = of(Kind.DATETIME);
    /** uniqueidentifier. */
    public static final DataType GUID = of(Kind.GUID);
    /** sql_variant. */
    public static final DataType VARIANT = of(Kind.VARIANT);
    /** numeric(25,0), the type of log sequence numbers. */
    public static final DataType LSN = numeric(25, 0);
    /** sysname. */
    public static final DataType SYSNAME = nvarchar(128);

    private static final Map<String, DataType> NAMES = Map.ofEntries(Map.entry("bit", BIT),
            Map.entry("tinyint", TINYINT), Map.entry("smallint", SMALLINT), Map.entry("int", INT),
            Map.entry("integer", INT), Map.entry("bigint", BIGINT), Map.entry("real", REAL),
            Map.entry("float", FLOAT), Map.entry("datetime", DATETIME), Map.entry("smalldatetime", DATETIME),
            Map.entry("uniqueidentifier", GUID), Map.entry("sql_variant", VARIANT), Map.entry("sysname", SYSNAME),
            Map.entry("numeric", numeric(18, 0)), Map.entry("decimal", numeric(18, 0)),
            Map.entry("money", of(Kind.MONEY)), Map.entry("smallmoney", of(Kind.MONEY)),
            Map.entry("date", of(Kind.DATE)), Map.entry("time", new DataType(Kind.TIME, 0, 0, 7)),
            Map.entry("datetime2", new DataType(Kind.DATETIME2, 0, 0, 7)),
            Map.entry("datetimeoffset", new DataType(Kind.DATETIMEOFFSET, 0, 0, 7)),
            Map.entry("nvarchar", nvarchar(1)), Map.entry("varchar", varchar(1)),
            Map.entry("nchar", new DataType(Kind.NCHAR, 1, 0, 0)), Map.entry("char", new DataType(Kind.CHAR, 1, 0, 0)),
            Map.entry("ntext", nvarchar(MAX)), Map.entry("text", varchar(MAX)), Map.entry("xml", nvarchar(MAX)),
            Map.entry("varbinary", varbinary(1)), Map.entry("binary", varbinary(1)),
            Map.entry("image", varbinary(MAX)));

    private static DataType of(Kind kind) {
        return new DataType(kind, 0, 0, 0);
    }

    /**
     * Makes an nvarchar.
     *
     * @param characters the length, {@link #MAX} for max
     * @return the type
     */
    public static DataType nvarchar(int characters) {
        return new DataType(Kind.NVARCHAR, characters, 0, 0);
    }

    /**
     * Makes a varchar.
     *
     * @param characters the length, {@link #MAX} for max
     * @return the type
     */
    public static DataType varchar(int characters) {
        return new DataType(Kind.VARCHAR, characters, 0, 0);
    }

    /**
     * Makes a varbinary.
     *
     * @param bytes the length, {@link #MAX} for max
     * @return the type
     */
    public static DataType varbinary(int bytes) {
        return new DataType(Kind.VARBINARY, bytes, 0, 0);
    }

    /**
     * Makes a numeric.
     *
     * @param precision digits, 1 to 38
     * @param scale decimals, 0 to precision
     * @return the type
     */
    public static DataType numeric(int precision, int scale) {
        return new DataType(Kind.NUMERIC, 0, precision, scale);
    }

    /**
     * Finds a type by its name in T-SQL.
     *
     * @param name the name without length, in any case
     * @return the type with the default length of a variable; empty for an unknown name
     */
    public static Optional<DataType> named(String name) {
        return Optional.ofNullable(NAMES.get(name.toLowerCase(Locale.ROOT)));
    }

    /**
     * Gives the type another length, precision or scale, as written in parentheses.
     *
     * @param first the first number, {@link #MAX} for max
     * @param second the second number, 0 without one
     * @return the type
     */
    public DataType sized(int first, int second) {
        return switch (kind) {
            case NUMERIC -> numeric(Math.clamp(first, 1, 38), Math.clamp(second, 0, 38));
            case TIME, DATETIME2, DATETIMEOFFSET -> new DataType(kind, 0, 0, Math.clamp(first, 0, 7));
            case NVARCHAR, NCHAR, VARCHAR, CHAR, VARBINARY -> new DataType(kind, first, 0, 0);
            default -> this;
        };
    }

    /** {@return whether the type is sent in chunks, as TDS 7.2 and later do for max types} */
    public boolean isMax() {
        return length == MAX;
    }
}
