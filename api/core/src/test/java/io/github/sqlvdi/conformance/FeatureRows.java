package io.github.sqlvdi.conformance;

import static io.github.sqlvdi.conformance.Code.NOERROR;
import static io.github.sqlvdi.conformance.Code.VD_E_NOTSUPPORTED;
import static io.github.sqlvdi.conformance.FeatureBits.DISCARD;
import static io.github.sqlvdi.conformance.FeatureBits.LIKE_DISK;
import static io.github.sqlvdi.conformance.FeatureBits.LIKE_PIPE;
import static io.github.sqlvdi.conformance.FeatureBits.LIKE_TAPE;
import static io.github.sqlvdi.conformance.FeatureBits.REMOVABLE;
import static io.github.sqlvdi.conformance.FeatureBits.REQUEST_COMPLETE;
import static io.github.sqlvdi.conformance.FeatureBits.SNAPSHOT_PREPARE;

import io.github.sqlvdi.conformance.State.Client;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The feature combinations of VDI reference 9 and every other bit of VDI reference 5.1, as CreateEx takes or refuses
 * them.
 */
final class FeatureRows {

    private FeatureRows() {
    }

    static List<Case> cases() {
        List<Case> rows = new ArrayList<>();
        combinations(rows, "9.1", "VDF_LikePipe", LIKE_PIPE, true);
        combinations(rows, "9.2", "VDF_LikeTape", LIKE_TAPE, false);
        combinations(rows, "9.3", "VDF_LikeDisk", LIKE_DISK, true);
        bits().forEach((name, mask) -> rows.add(row(name + " alone", mask, VD_E_NOTSUPPORTED, "5.1")
                .covers("5.1 " + name)));
        undocumented().forEach((name, mask) -> rows.add(row(name, mask, VD_E_NOTSUPPORTED, "5.1").orAlso(NOERROR)
                .covers("5.1 " + name)));
        rows.add(row("unassigned bit 0x4", 0x4, VD_E_NOTSUPPORTED, "5.1"));
        rows.add(row("unassigned bit 0x8", 0x8, VD_E_NOTSUPPORTED, "5.1"));
        rows.add(row("every bit", -1, VD_E_NOTSUPPORTED, "9"));
        rows.add(row("VDF_LikeTape with VDF_LikeDisk", LIKE_TAPE | LIKE_DISK, VD_E_NOTSUPPORTED, "9"));
        rows.add(row("VDF_LikeTape without VDF_Removable", LIKE_TAPE & ~REMOVABLE, VD_E_NOTSUPPORTED, "9"));
        rows.add(row("VDF_LikeTape without VDF_Rewind", LIKE_TAPE & ~FeatureBits.REWIND, VD_E_NOTSUPPORTED, "9"));
        return rows;
    }

    /** The class with each of its 8 or 16 combinations of options. */
    private static void combinations(List<Case> rows, String section, String name, int mask, boolean removable) {
        for (int choice = 0; choice < 16; choice++) {
            int features = mask | choose(choice, 1, DISCARD) | choose(choice, 2, REQUEST_COMPLETE)
                    | choose(choice, 4, SNAPSHOT_PREPARE) | choose(choice, 8, REMOVABLE);
            if (removable || choice < 8) {
                String options = features == mask ? "" : String.format(Locale.ROOT, " | 0x%X", features & ~mask);
                rows.add(row(name + options, features, NOERROR, section).covers("9 " + name, "5.1 " + name,
                        "5.1 " + option(choice, name),
                        "5.1 " + (mask == LIKE_DISK ? "VDF_RandomAccess" : name)));
            }
        }
    }

    private static int choose(int choice, int bit, int feature) {
        return (choice & bit) != 0 ? feature : 0;
    }

    /** The option that a choice has alone; combinations are counted with the class. */
    private static String option(int choice, String name) {
        return switch (choice) {
            case 1 -> "VDF_Discard";
            case 2 -> "VDF_RequestComplete";
            case 4 -> "VDF_SnapshotPrepare";
            case 8 -> "VDF_Removable";
            default -> name;
        };
    }

    /** Bits that make no device class alone, and those that only the server sets. */
    private static Map<String, Integer> bits() {
        Map<String, Integer> bits = new LinkedHashMap<>();
        bits.put("VDF_Rewind", FeatureBits.REWIND);
        bits.put("VDF_Position", FeatureBits.POSITION);
        bits.put("VDF_SkipBlocks", FeatureBits.SKIP_BLOCKS);
        bits.put("VDF_ReversePosition", FeatureBits.REVERSE_POSITION);
        bits.put("VDF_FileMarks", FeatureBits.FILE_MARKS);
        bits.put("VDF_WriteMedia", FeatureBits.WRITE_MEDIA);
        bits.put("VDF_ReadMedia", FeatureBits.READ_MEDIA);
        bits.put("VDF_CompleteEnabled", FeatureBits.COMPLETE_ENABLED);
        return bits;
    }

    /** Bits of which the reference knows little more than the name: an implementation may take or refuse them. */
    private static Map<String, Integer> undocumented() {
        Map<String, Integer> bits = new LinkedHashMap<>();
        bits.put("VDF_EnumFrozenFiles", FeatureBits.ENUM_FROZEN_FILES);
        bits.put("VDF_VSSWriter", FeatureBits.VSS_WRITER);
        bits.put("VDF_LatchStats", FeatureBits.LATCH_STATS);
        return bits;
    }

    private static Row row(String feature, int features, int expected, String section) {
        return Row.of(Method.CREATE_EX, Client.DNE, "features", expected,
                s -> s.client.createEx(null, s.name, RawConfig.request(1, features))).feature(feature).section(section);
    }
}
