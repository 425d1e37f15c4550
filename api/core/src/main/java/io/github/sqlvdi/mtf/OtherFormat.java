package io.github.sqlvdi.mtf;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;

/** Names of formats that files of backups are often wrapped in. */
final class OtherFormat {

    private static final String ZSTANDARD = "a Zstandard file";
    /** A Zstandard file may begin with a skippable frame: those of sqlvdi and of pzstd do. */
    private static final Map<String, String> NAMES = Map.of("1f8b", "a gzip file", "28b52ffd", ZSTANDARD,
            "502a4d18", ZSTANDARD, "532a4d18", ZSTANDARD, "504b0304", "a ZIP file", "6167652d656e6372",
            "a file encrypted with age", "fd377a585a00", "an xz file");

    private OtherFormat() {
    }

    /** The format in words, or the bytes. */
    static String describe(byte[] head) {
        String hex = HexFormat.of().formatHex(head);
        return NAMES.entrySet().stream().filter(entry -> hex.startsWith(entry.getKey()))
                .map(entry -> "the bytes of " + entry.getValue()).findFirst()
                .orElseGet(() -> "\"" + Tag.printable(new String(head, StandardCharsets.ISO_8859_1)) + "\"");
    }
}
