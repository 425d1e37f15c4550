package io.github.sqlvdi.stream;

import io.github.sqlvdi.client.Command;
import io.github.sqlvdi.mtf.BackupFile;
import io.github.sqlvdi.mtf.BackupHeader;
import io.github.sqlvdi.mtf.BackupStreamReader;
import io.github.sqlvdi.mtf.MediaLabel;
import io.github.sqlvdi.mtf.StreamListener;
import io.github.sqlvdi.mtf.StreamReport;
import io.github.sqlvdi.mtf.Wholeness;
import java.util.List;
import java.util.Optional;

/**
 * Reads along what passes through one device of a job, where it lies and without its pages (MTF reference 13). A device
 * that moves about on its medium is read along from a new beginning, or not any more: its bytes do not come in the order of
 * the stream. Used by the device's thread; {@link #report()} by any.
 */
final class StreamTap {

    private static final System.Logger LOG = System.getLogger("io.github.sqlvdi.stream");

    private final boolean backup;
    private final StripeCheck stripes;
    private final int device;
    private BackupStreamReader reader;
    private long next;
    private boolean changed;
    private MediaLabel label;
    private volatile StreamReport report;

    StreamTap(boolean backup, StripeCheck stripes, int device) {
        this.backup = backup;
        this.stripes = stripes;
        this.device = device;
        begin();
    }

    private void begin() {
        next = 0;
        report = null;
        reader = BackupStreamReader.builder().checksums(false).listener(new StreamListener() {
            @Override
            public void label(MediaLabel read) {
                label = read;
                changed = true;
            }

            @Override
            public void configuration(BackupHeader header, List<BackupFile> files) {
                changed = true;
            }
        }).build();
    }

    /**
     * Some bytes of a command are about to be acknowledged.
     *
     * @param position where they belong in the stream, -1 for the next place
     * @throws DeviceFailureException if they show that a restore gets a stripe of another set
     */
    void passed(Command command, int count, long position) throws DeviceFailureException {
        if (position == 0 && next > 0) {
            begin(); // the server reads its media once more
        } else if (position >= 0 && position != next) {
            leave();
        }
        if (reader == null || count == 0) {
            return;
        }
        try {
            reader.feed(command.data(), 0, count);
        } catch (RuntimeException mistake) { // of the reader: the backup goes on without it
            LOG.log(System.Logger.Level.WARNING, "A stream is not read along any more", mistake);
            leave();
            return;
        }
        next += count;
        if (changed) {
            changed = false;
            report = reader.report();
            if (label != null && !backup) {
                MediaLabel found = label;
                label = null;
                stripes.add(device, found);
            }
        }
    }

    /** The device was rewound. */
    void rewound() {
        if (next > 0) {
            begin();
        }
    }

    /** The device was moved, or its medium changed. */
    void moved() {
        if (next > 0) {
            leave();
        }
    }

    private void leave() {
        reader = null;
        report = null;
    }

    /** The device has ended. A restore may close it before its end was read, which says nothing about the stream. */
    void end() {
        if (reader != null) {
            StreamReport before = reader.report();
            StreamReport last = reader.finish();
            report = !backup && last.wholeness() == Wholeness.INCOMPLETE ? before : last;
        }
    }

    /** What was found so far; empty before the label passed, and for a device that could not be read along. */
    Optional<StreamReport> report() {
        return Optional.ofNullable(report);
    }
}
