package io.github.sqlvdi.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.mtf.BackupType;
import io.github.sqlvdi.mtf.Lsn;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Which sets a restore needs. A set is written as its kind, a number, its first and last LSN, and its minute: full
 * {@code F1:10-12@5}, differential upon F1 {@code D2>F1:30-32@15}, log {@code L3:12-20@10}. Without a first LSN it is the
 * last. An LSN of a full backup is its checkpoint, too.
 */
class ChainSearchTest {

    private static final LocalDateTime MIDNIGHT = LocalDateTime.of(2026, 11, 26, 0, 0);

    private static Optional<LocalDateTime> time(String minute) {
        return minute == null ? Optional.empty() : Optional.of(MIDNIGHT.plusMinutes(Integer.parseInt(minute)));
    }

    private static UUID id(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    private static ChainLink link(String text) {
        String[] parts = text.split("[:@]");
        String name = parts[0].split(">")[0];
        Optional<UUID> base = parts[0].contains(">") ? Optional.of(id(parts[0].split(">")[1])) : Optional.empty();
        String[] range = parts[1].split("-");
        Lsn last = new Lsn(Long.parseLong(range[range.length - 1]), 0, 1);
        BackupType type = switch (name.charAt(0)) {
            case 'F' -> BackupType.FULL;
            case 'D' -> BackupType.DIFFERENTIAL;
            default -> BackupType.LOG;
        };
        LocalDateTime finish = time(parts[2]).orElseThrow();
        return new ChainLink(name, type, id(name), name.endsWith("x") ? "other" : "sales",
                new Lsn(Long.parseLong(range[0]), 0, 1), last, base, last, finish, finish);
    }

    private static List<ChainLink> links(String texts) {
        return new ArrayList<>(Stream.of(texts.split(" ")).map(ChainSearchTest::link).toList());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", value = {
        "F1:10-12@5                                                        | - | F1",
        "F1:10-12@5 F2:40-42@25                                            | - | F2",
        "F1:10-12@5 F2:40-42@25                                            | 5 | F1",
        "F1:10-12@5 D1>F1:20-22@10 D2>F1:30-32@15                          | - | F1 D2",
        "F1:10-12@5 D1>F1:20-22@10 D2>F1:30-32@15                          | 10 | F1 D1",
        "F1:10-12@5 L1:8-20@10 L2:20-30@20                                 | - | F1 L1 L2",
        "F1:10-12@5 L1:8-20@10 L2:20-30@20 L3:30-40@30                     | 15 | F1 L1 L2",
        "F1:10-12@5 L1:8-20@10 L2:20-30@20 L3:30-40@30                     | 20 | F1 L1 L2",
        "F1:10-12@5 L1:8-20@10 L2:20-30@20 L3:30-40@30                     | 21 | F1 L1 L2 L3",
        "L0:1-8@3 F1:10-12@5 L1:8-20@10 D1>F1:24-25@15 L2:20-30@20         | - | F1 D1 L2",
        "F1:10-12@5 L1:8-20@10 D1>F1:33-35@25 L4:30-40@30                  | - | F1 D1 L4",
        "F1:10-12@5 L1:8-20@10 F2:25-26@16 L2:20-30@20 D2>F2:35-36@22 L3:30-40@30 | - | F2 D2 L3",
        "F1:10-12@5 Fcopy:25-26@16 D2>F1:35-36@22                          | - | F1 D2",
        "F1:10-12@5 Fcopy:25-26@16 L1:8-30@20                              | - | Fcopy L1",
        "F1:10-12@5 L1:8-20@10 L1:8-20@10 L2:20-30@20                      | - | F1 L1 L2",
        "F1:10-12@5 L1:8-12@10                                             | - | F1",
        "F1:10-12@5 L0:5-12@4 L1:8-12@10                                   | 8 | F1 L1",
        "F1:10-12@5 L1:8-20@10 L3:30-40@30 L2:20-30@20                     | 7 | F1 L1"})
    void setsAreFoundInAnyOrder(String given, String stopAt, String expected) throws Exception {
        List<ChainLink> links = links(given.strip());
        Random random = new Random(1);
        for (int round = 0; round < 20; round++) {
            String found = String.join(" ",
                    ChainSearch.find(links, time(stopAt)).stream().map(ChainLink::name).toList());
            assertEquals(expected, found);
            Collections.shuffle(links, random);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", value = {
        "L1:8-20@10                                     | - | A full backup is missing",
        "F1:10-12@5 L1:8-20@10                          | 4 | A full backup is missing that ended at or before 2026-11-26T00:04",
        "D1>F1:20-22@10                                 | - | A full backup is missing",
        "F2:10-12@5 D1>F1:20-22@10                      | - | is missing, which D1 needs",
        "F1:10-12@5 L1:8-20@10 L3:30-40@30              | - | begins at or before LSN 20000000000000001 and goes to LSN 30000000000000001: it stands between L1 and L3",
        "F1:10-12@5 L2:20-30@20                         | - | it stands between F1 and L2",
        "F1:10-12@5 L1:8-20@10                          | 11 | A log backup is missing that ends at or after 2026-11-26T00:11: the last one that can be restored is L1",
        "F1:10-12@5                                     | 6 | A log backup is missing",
        "F1:10-12@5 L1x:8-20@10                         | - | different databases"})
    void missingLinkIsNamed(String given, String stopAt, String expected) {
        BrokenChainException broken =
                assertThrows(BrokenChainException.class, () -> ChainSearch.find(links(given.strip()), time(stopAt)));
        assertTrue(broken.getMessage().contains(expected), broken.getMessage());
    }
}
