package io.github.sqlvdi.emulator.internal.statements;

import io.github.sqlvdi.emulator.internal.catalog.DatabaseFile;
import io.github.sqlvdi.mtf.BackupFile;
import io.github.sqlvdi.mtf.BackupHeader;
import io.github.sqlvdi.mtf.BackupStreamReader;
import io.github.sqlvdi.mtf.MediaLabel;
import io.github.sqlvdi.mtf.StreamListener;
import io.github.sqlvdi.mtf.StreamReport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * Takes the stream of one device of a restore and reads it on its way. Stops the statement as soon as the stream or the
 * plan refuses it, or when the reader knows enough. Used by the device's thread.
 */
final class RestoreTarget implements WritableByteChannel {

    private final String device;
    private final RestorePlan plan;
    private final FaultInjector faults;
    private final MessageDigest digest = sha256();
    private final BackupStreamReader reader;
    private boolean planned;

    RestoreTarget(String device, RestorePlan plan, FaultInjector faults, boolean checksums) {
        this.device = device;
        this.plan = plan;
        this.faults = faults;
        reader = BackupStreamReader.builder().checksums(checksums).listener(new Listener()).build();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("Every JDK has SHA-256", missing);
        }
    }

    private final class Listener implements StreamListener {

        @Override
        public void label(MediaLabel label) {
            plan.label(device, label);
        }

        @Override
        public void configuration(BackupHeader header, List<BackupFile> files) {
            planned = true;
            faults.expect(files.stream().mapToLong(BackupFile::pagesInBackup).sum() * DatabaseFile.PAGE);
        }
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        int count = source.remaining();
        digest.update(source.duplicate());
        boolean before = planned;
        reader.feed(source.duplicate());
        source.position(source.limit());
        StreamReport report = reader.report();
        if (report.offence().isPresent()) {
            plan.offence(device, report);
        } else if (!before && planned) {
            plan.header(report);
        }
        plan.stopIfDecided();
        faults.count(count, device, false);
        return count;
    }

    String device() {
        return device;
    }

    /** The report at the end of the stream. */
    StreamReport finish() {
        return reader.finish();
    }

    /** SHA-256 of the bytes that came. */
    byte[] hash() {
        return digest.digest();
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
