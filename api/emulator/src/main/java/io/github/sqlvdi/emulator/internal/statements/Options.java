package io.github.sqlvdi.emulator.internal.statements;

import io.github.sqlvdi.emulator.internal.language.BackupOption;
import io.github.sqlvdi.emulator.internal.query.Evaluator;
import io.github.sqlvdi.emulator.internal.tokens.ServerMessage;
import io.github.sqlvdi.emulator.internal.types.ConversionException;
import io.github.sqlvdi.emulator.internal.types.DataType;
import io.github.sqlvdi.emulator.internal.types.Value;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The options of one statement with their values, and the checks that need no database. */
final class Options {

    /** Options that exclude each other. */
    private static final List<List<String>> PAIRS = List.of(List.of("INIT", "NOINIT"), List.of("SKIP", "NOSKIP"),
            List.of("FORMAT", "NOFORMAT"), List.of("COMPRESSION", "NO_COMPRESSION"), List.of("CHECKSUM", "NO_CHECKSUM"),
            List.of("STOP_ON_ERROR", "CONTINUE_AFTER_ERROR"), List.of("REWIND", "NOREWIND"),
            List.of("UNLOAD", "NOUNLOAD"),
            List.of("EXPIREDATE", "RETAINDAYS"), List.of("RECOVERY", "NORECOVERY"), List.of("RECOVERY", "STANDBY"),
            List.of("NORECOVERY", "STANDBY"), List.of("STOPAT", "STOPATMARK"), List.of("STOPAT", "STOPBEFOREMARK"),
            List.of("STOPATMARK", "STOPBEFOREMARK"), List.of("FORMAT", "NOINIT"));
    private static final int LARGEST_BLOCK = 65_536;
    private static final int SMALLEST_BLOCK = 512;
    private static final int LARGEST_TRANSFER = 4_194_304;
    private static final int TRANSFER_UNIT = 65_536;

    private final String statement;
    private final Map<String, BackupOption> options = new LinkedHashMap<>();
    private final List<String[]> moves = new ArrayList<>();
    private final Evaluator evaluator;

    Options(String statement, List<BackupOption> list, Evaluator evaluator) {
        this.statement = statement;
        this.evaluator = evaluator;
        for (BackupOption option : list) {
            if (option.name().equals("MOVE")) {
                moves.add(
                        new String[]{evaluator.value(option.value()).text(), evaluator.value(option.second()).text()});
            } else if (options.put(option.name(), option) != null) {
                throw Messages.failure(statement, Messages.conflict(option.name(), option.name()));
            }
        }
        for (List<String> pair : PAIRS) {
            if (has(pair.get(0)) && has(pair.get(1))) {
                throw Messages.failure(statement, Messages.conflict(pair.get(0), pair.get(1)));
            }
        }
    }

    /** Refuses options that the statement does not take. */
    void allowOnly(Set<String> allowed) {
        for (String name : options.keySet()) {
            if (!allowed.contains(name)) {
                throw Messages.failure(statement, Messages.unsupportedOption(name));
            }
        }
        if (!moves.isEmpty() && !allowed.contains("MOVE")) {
            throw Messages.failure(statement, Messages.unsupportedOption("MOVE"));
        }
    }

    void refuse(String... names) {
        for (String name : names) {
            if (has(name)) {
                throw Messages.failure(statement, Messages.unsupportedOption(name));
            }
        }
    }

    boolean has(String name) {
        return options.containsKey(name);
    }

    /** Whether the statement is WITH SNAPSHOT, which SQL Server 2022 also calls METADATA_ONLY. */
    boolean isSnapshot() {
        return has("SNAPSHOT") || has("METADATA_ONLY");
    }

    /** Logical and physical names of MOVE. */
    List<String[]> moves() {
        return moves;
    }

    String text(String name) {
        BackupOption option = options.get(name);
        return option == null || option.value() == null ? null : value(option);
    }

    /** The text of an option or part that has one; empty for NULL. */
    String value(BackupOption option) {
        String text = evaluator.value(option.value()).text();
        return text == null ? "" : text;
    }

    long number(String name, long fallback) {
        BackupOption option = options.get(name);
        if (option == null || option.value() == null) {
            return fallback;
        }
        try {
            Value value = evaluator.value(option.value()).as(DataType.BIGINT);
            return value.isNull() ? fallback : (Long) value.value();
        } catch (ConversionException noNumber) {
            throw Messages.failure(statement, new ServerMessage(3217, 16, 1,
                    String.format(Locale.ROOT, "Invalid value specified for %s parameter.", name)));
        }
    }

    /** The time of an option. */
    LocalDateTime time(String name) {
        try {
            Value value = evaluator.value(options.get(name).value()).as(DataType.DATETIME);
            if (!value.isNull()) {
                return (LocalDateTime) value.value();
            }
        } catch (ConversionException noTime) {
            throw Messages.failure(statement, new ServerMessage(noTime.number(), 16, 1, noTime.getMessage()));
        }
        throw Messages.failure(statement, new ServerMessage(3217, 16, 1,
                String.format(Locale.ROOT, "Invalid value specified for %s parameter.", name)));
    }

    /** How many percent there are between two messages; 0 for no messages. */
    int stats() {
        if (!has("STATS")) {
            return 0;
        }
        long value = number("STATS", 10);
        if (value < 1 || value > 100) {
            throw Messages.failure(statement, Messages.outOfRange("STATS", value));
        }
        return (int) value;
    }

    int blockSize() {
        long size = number("BLOCKSIZE", SMALLEST_BLOCK);
        if (size < SMALLEST_BLOCK || size > LARGEST_BLOCK) {
            throw Messages.failure(statement, Messages.outOfRange("BLOCKSIZE", size));
        }
        if (Long.bitCount(size) != 1) {
            throw Messages.failure(statement, new ServerMessage(3253, 16, 1,
                    "The block size parameter must supply a value that is a power of 2."));
        }
        return (int) size;
    }

    int maxTransferSize() {
        long size = number("MAXTRANSFERSIZE", TRANSFER_UNIT);
        if (size < TRANSFER_UNIT || size > LARGEST_TRANSFER) {
            throw Messages.failure(statement, Messages.outOfRange("MAXTRANSFERSIZE", size));
        }
        if (size % TRANSFER_UNIT != 0) {
            throw Messages.failure(statement, new ServerMessage(3217, 16, 1,
                    "Invalid value specified for MAXTRANSFERSIZE parameter."));
        }
        return (int) size;
    }

    int bufferCount(int devices) {
        long count = number("BUFFERCOUNT", 0);
        if (has("BUFFERCOUNT") && count < devices) {
            throw Messages.failure(statement, new ServerMessage(3273, 16, 1,
                    "The BUFFERCOUNT parameter must supply a value that allows at least one buffer per backup device."));
        }
        return (int) Math.min(count, 1024);
    }
}
