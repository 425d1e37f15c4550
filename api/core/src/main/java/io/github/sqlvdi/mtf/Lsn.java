package io.github.sqlvdi.mtf;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.Locale;

/**
 * A log sequence number: a place in the transaction log. SQL Server prints it as a {@code numeric(25,0)}: the sequence
 * number of the virtual log file, ten digits for the block and five for the slot (MTF reference 6.1).
 *
 * @param sequence the sequence number of the virtual log file, 0..4,294,967,295
 * @param block the offset of the log block in its virtual log file, in units of 512 bytes, 0..4,294,967,295
 * @param slot the number of the log record in its block, 0..65,535
 */
public record Lsn(long sequence, long block, int slot) implements Comparable<Lsn> {

    /** No place: SQL Server prints 0. */
    public static final Lsn ZERO = new Lsn(0, 0, 0);

    private static final long LAST_U32 = 0xffff_ffffL;
    private static final int LAST_U16 = 0xffff;
    private static final int BLOCK_DIGITS = 10;
    private static final int SLOT_DIGITS = 5;
    private static final Comparator<Lsn> ORDER =
            Comparator.comparingLong(Lsn::sequence).thenComparingLong(Lsn::block).thenComparingInt(Lsn::slot);

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a part is out of its range; the message names it
     */
    public Lsn {
        check("sequence", sequence, LAST_U32);
        check("block", block, LAST_U32);
        check("slot", slot, LAST_U16);
    }

    private static void check(String part, long value, long last) {
        if (value < 0 || value > last) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "the %s of an LSN is %,d: expected 0 to %,d", part, value, last));
        }
    }

    /**
     * Reads what SQL Server prints.
     *
     * @param text decimal digits, at most 25
     * @return the place
     * @throws IllegalArgumentException if the text is no such number
     */
    public static Lsn parse(String text) {
        if (text.isEmpty() || text.length() > 25 || !text.chars().allMatch(digit -> digit >= '0' && digit <= '9')) {
            throw new IllegalArgumentException("\"" + text + "\" is no LSN: expected 1 to 25 decimal digits");
        }
        String padded = "0".repeat(25 - text.length()) + text;
        return new Lsn(Long.parseLong(padded.substring(0, 10)), Long.parseLong(padded.substring(10, 20)),
                Integer.parseInt(padded.substring(20)));
    }

    /** {@return whether this is {@link #ZERO}} */
    public boolean isZero() {
        return equals(ZERO);
    }

    /** {@return the number that SQL Server prints} */
    public BigDecimal toBigDecimal() {
        return new BigDecimal(toString());
    }

    /** Orders by place in the log. */
    @Override
    public int compareTo(Lsn other) {
        return ORDER.compare(this, other);
    }

    /** {@return the digits that SQL Server prints, for example {@code 39000000048800071}} */
    @Override
    public String toString() {
        StringBuilder digits = new StringBuilder(25);
        append(digits, sequence, 0);
        append(digits, block, BLOCK_DIGITS);
        append(digits, slot, SLOT_DIGITS);
        return digits.isEmpty() ? "0" : digits.toString();
    }

    /** Leading zeros only behind a digit. */
    private static void append(StringBuilder digits, long value, int width) {
        String text = Long.toString(value);
        if (!digits.isEmpty()) {
            digits.repeat("0", width - text.length()).append(text);
        } else if (value != 0) {
            digits.append(text);
        }
    }
}
