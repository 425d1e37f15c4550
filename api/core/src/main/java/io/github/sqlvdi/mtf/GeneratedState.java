package io.github.sqlvdi.mtf;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Where the log and the chain of a {@link GeneratedDatabase} stand.
 *
 * @param seed of the ids that follow
 * @param logEnd bytes of log
 * @param lastCheckpoint the last checkpoint
 * @param fullCheckpoint that of the last full backup
 * @param fullGuid the id of the last full backup
 * @param logBackedUp where the next log backup begins, null before the first full backup
 * @param logStart the slot of the record there
 * @param generations how often each extent of each file was changed
 * @param changed the extents of each file that the next differential backup holds, as bits
 */
record GeneratedState(long seed, long logEnd, Lsn lastCheckpoint, Lsn fullCheckpoint, UUID fullGuid, Long logBackedUp,
        int logStart, Map<Integer, Map<Integer, Integer>> generations, Map<Integer, long[]> changed) {

    private static final String VERSION = "1";
    private static final int WORDS = 10;
    private static final String NOTHING = "-";

    /** One line of ten words. */
    String text() {
        return String.join(" ", VERSION, Long.toString(seed), Long.toString(logEnd), lastCheckpoint.toString(),
                fullCheckpoint.toString(), fullGuid.toString(), logBackedUp == null ? NOTHING : logBackedUp.toString(),
                Integer.toString(logStart), generationsText(), changedText());
    }

    /** For example {@code 1:3*2,4*1;3:7*1}: in file 1 the extent 3 was changed twice. */
    private String generationsText() {
        return words(generations, counts -> new TreeMap<>(counts).entrySet().stream()
                .map(each -> each.getKey() + "*" + each.getValue()).collect(Collectors.joining(",")));
    }

    private String changedText() {
        return words(changed, bits -> Arrays.stream(bits).mapToObj(Long::toHexString).collect(Collectors.joining(",")));
    }

    private static <T> String words(Map<Integer, T> files, Function<T, String> words) {
        String text = new TreeMap<>(files).entrySet().stream()
                .map(each -> each.getKey() + ":" + words.apply(each.getValue())).collect(Collectors.joining(";"));
        return text.isEmpty() ? NOTHING : text;
    }

    static GeneratedState parse(String text) {
        String[] words = text.split(" ", -1);
        if (words.length != WORDS || !words[0].equals(VERSION)) {
            throw new IllegalArgumentException(String.format(Locale.ROOT,
                    "the state has %d words and begins with \"%s\": expected %d words that begin with %s", words.length,
                    words[0], WORDS, VERSION));
        }
        Map<Integer, Map<Integer, Integer>> generations = new HashMap<>();
        files(words[8]).forEach((file, list) -> {
            Map<Integer, Integer> counts = generations.computeIfAbsent(file, id -> new HashMap<>());
            for (String each : list) {
                String[] pair = each.split("\\*", 2);
                counts.put(Integer.parseInt(pair[0]), Integer.parseInt(pair[pair.length - 1]));
            }
        });
        Map<Integer, long[]> changed = new HashMap<>();
        files(words[9]).forEach((file, list) -> changed.put(file,
                Arrays.stream(list).mapToLong(each -> Long.parseUnsignedLong(each, 16)).toArray()));
        return new GeneratedState(Long.parseLong(words[1]), Long.parseLong(words[2]), Lsn.parse(words[3]),
                Lsn.parse(words[4]), UUID.fromString(words[5]),
                words[6].equals(NOTHING) ? null : Long.valueOf(words[6]), Integer.parseInt(words[7]), generations,
                changed);
    }

    private static Map<Integer, String[]> files(String word) {
        Map<Integer, String[]> files = new HashMap<>();
        if (!word.equals(NOTHING)) {
            for (String file : word.split(";")) {
                String[] parts = file.split(":", 2);
                String list = parts[parts.length - 1];
                files.put(Integer.parseInt(parts[0]), list.isEmpty() ? new String[0] : list.split(","));
            }
        }
        return files;
    }
}
