package io.github.sqlvdi.stream;

import io.github.sqlvdi.mtf.BackupHeader;
import io.github.sqlvdi.mtf.BackupType;
import io.github.sqlvdi.mtf.MediaLabel;
import io.github.sqlvdi.mtf.StreamReport;
import java.util.Locale;

/** Describes a stream in one line for people. */
final class StreamWords {

    private StreamWords() {
    }

    static String of(StreamReport stream) {
        StringBuilder words = new StringBuilder();
        stream.header().ifPresent(header -> words.append(backup(header)).append(", "));
        stream.label().ifPresent(label -> words.append(family(label)).append(", "));
        return words.append(stream.verdict()).toString();
    }

    private static String backup(BackupHeader header) {
        return String.format(Locale.ROOT, "%s of %s, server %s, version %s, backup set %s, LSN %s to %s, base LSN %s",
                header.type().map(BackupType::description).orElse("Backup"), header.databaseName(), header.serverName(),
                header.softwareVersion(), header.backupSetGuid(), header.firstLsn(), header.lastLsn(),
                header.databaseBackupLsn());
    }

    private static String family(MediaLabel label) {
        return String.format(Locale.ROOT, "media set %s, family %d of %d", label.mediaSetId(),
                label.familySequenceNumber().orElse(1), label.familyCount().orElse(1));
    }
}
