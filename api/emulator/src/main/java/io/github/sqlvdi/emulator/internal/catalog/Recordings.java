package io.github.sqlvdi.emulator.internal.catalog;

import io.github.sqlvdi.mtf.BackupType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The recorded streams of a database, in their order.
 *
 * @param all the backups; a statement takes the next of its kind
 */
public record Recordings(List<Recording> all) {

    /** No recording. */
    public static final Recordings NONE = new Recordings(List.of());

    /**
     * A recorded backup.
     *
     * @param contents what the first stripe tells
     * @param stripes one file for each device
     * @param saved the file that keeps the contents; null without a folder for the catalog
     */
    public record Recording(BackupContents contents, List<Path> stripes, Path saved) {
    }

    /**
     * Finds the next backup of a kind.
     *
     * @param type the kind
     * @return the first one of that kind; empty if there is none
     */
    public Optional<Recording> next(BackupType type) {
        return all.stream().filter(each -> each.contents().type() == type).findFirst();
    }

    /**
     * Leaves out a backup that was written, unless it is the last of its kind: that one is written again.
     *
     * @param written the backup
     * @return the others
     */
    public Recordings without(Recording written) {
        boolean last = all.stream().filter(each -> each.contents().type() == written.contents().type()).count() == 1;
        if (last) {
            return this;
        }
        List<Recording> rest = new ArrayList<>(all);
        rest.remove(written);
        return new Recordings(List.copyOf(rest));
    }
}
