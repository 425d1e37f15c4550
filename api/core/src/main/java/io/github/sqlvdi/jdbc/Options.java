package io.github.sqlvdi.jdbc;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/** The options behind WITH, in the order in which they were given. */
final class Options {

    private static final int SMALLEST_BLOCK = 512;
    private static final int LARGEST_BLOCK = 65_536;
    private static final int TRANSFER_UNIT = 65_536;
    private static final int LARGEST_TRANSFER = 4_194_304;
    private static final int ALL = 100;
    /** The one form that every language and DATEFORMAT of a login reads alike. */
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS", Locale.ROOT);

    private static final List<String> OF_BUFFERS = List.of("MAXTRANSFERSIZE", "BUFFERCOUNT");

    private final List<String> options = new ArrayList<>();
    private OptionalInt transferSize = OptionalInt.empty();
    private OptionalInt bufferCount = OptionalInt.empty();
    private boolean buffersLeft;

    void add(String option) {
        options.add(Objects.requireNonNull(option, "option"));
    }

    void addText(String option, String value, int longest) {
        if (value.length() > longest) {
            throw new IllegalArgumentException(String.format(Locale.ROOT,
                    "%s has %d characters: expected at most %d", option, value.length(), longest));
        }
        add(option + " = " + Quoted.text(value));
    }

    void addTime(String option, LocalDateTime time) {
        add(option + " = " + Quoted.text(TIME.format(time)));
    }

    void addNumber(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "%s is %d: expected %d to %d", option, value, least, most));
        }
        add(option + " = " + value);
    }

    void addBlockSize(int bytes) {
        if (Integer.bitCount(bytes) != 1) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "BLOCKSIZE is %d: expected a power of 2", bytes));
        }
        addNumber("BLOCKSIZE", bytes, SMALLEST_BLOCK, LARGEST_BLOCK);
    }

    void addTransferSize(int bytes) {
        if (bytes % TRANSFER_UNIT != 0) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "MAXTRANSFERSIZE is %d: expected a multiple of %d", bytes,
                            TRANSFER_UNIT));
        }
        addNumber("MAXTRANSFERSIZE", bytes, TRANSFER_UNIT, LARGEST_TRANSFER);
        transferSize = OptionalInt.of(bytes);
    }

    void addBufferCount(int buffers) {
        addNumber("BUFFERCOUNT", buffers, 1, Integer.MAX_VALUE);
        bufferCount = OptionalInt.of(buffers);
    }

    /** Leaves the buffers to the server. */
    void leaveBuffers() {
        buffersLeft = true;
    }

    /**
     * Returns the buffers to ask for. Empty if the program has left them to the server, or has written an option for
     * them as text, or if the statement is of a snapshot, whose stream is short.
     */
    Optional<Buffers> buffers(int devices) {
        long written = options.stream().filter(Options::isOfBuffers).count();
        long typed = transferSize.stream().count() + bufferCount.stream().count();
        boolean fixed = buffersLeft || written > typed || has("SNAPSHOT") || has("METADATA_ONLY");
        return fixed ? Optional.empty() : Optional.of(Buffers.of(devices, transferSize, bufferCount));
    }

    private static boolean isOfBuffers(String option) {
        String word = option.strip().toUpperCase(Locale.ROOT);
        return OF_BUFFERS.stream().anyMatch(word::startsWith);
    }

    /** Returns the options with other buffers than those that were given. */
    Options with(Buffers buffers) {
        Options changed = new Options();
        options.stream().filter(option -> !isOfBuffers(option)).forEach(changed::add);
        buffers.options().forEach(changed::add);
        return changed;
    }

    void addStats(int percent) {
        addNumber("STATS", percent, 1, ALL);
    }

    List<String> all() {
        return options;
    }

    boolean has(String option) {
        return options.contains(option);
    }

    /** Returns " WITH ..."; empty without an option. */
    String text() {
        return options.isEmpty() ? "" : " WITH " + String.join(", ", options);
    }
}
