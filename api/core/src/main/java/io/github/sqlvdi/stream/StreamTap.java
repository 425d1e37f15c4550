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
 * Analyses the stream that passes through one device of a job, in the command's buffer and without reading its pages
 * (MTF reference 13). After a Rewind, or with a Read or Write at position 0, the analysis starts again. After any other
 * movement it ends, because the bytes no longer come in the order of the stream. The device's thread uses this object;
 * any thread may call {@link #report()}.
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
     * Analyses the bytes of a Read or Write, just before the command is completed.
     *
     * @param position the position of the bytes in the stream, -1 for the next position
     * @throws DeviceFailureException if the bytes show that a restore gets a stripe of another media set
     */
    void passed(Command command, int count, long position) throws DeviceFailureException {
        if (position == 0 && next > 0) {
            begin(); // the server starts again at the beginning
        } else if (position >= 0 && position != next) {
            leave();
        }
        if (reader == null || count == 0) {
            return;
        }
        try {
            reader.feed(command.data(), 0, count);
        } catch (RuntimeException mistake) { // a bug in the reader: continue the backup or restore without analysis
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

    /** Call it after the device was rewound. */
    void rewound() {
        if (next > 0) {
            begin();
        }
    }

    /** Call it after the device was moved, or its medium was changed. */
    void moved() {
        if (next > 0) {
            leave();
        }
    }

    private void leave() {
        reader = null;
        report = null;
    }

    /**
     * Ends the analysis at the end of the device. A restore may close the device before the end of the stream was read;
     * this does not mean that the stream is incomplete.
     */
    void end() {
        if (reader != null) {
            StreamReport before = reader.report();
            StreamReport last = reader.finish();
            report = !backup && last.wholeness() == Wholeness.INCOMPLETE ? before : last;
        }
    }

    /** Returns the result so far; empty before the label has passed, and after an early end of the analysis. */
    Optional<StreamReport> report() {
        return Optional.ofNullable(report);
    }
}
