package io.github.sqlvdi.emulator;

import io.github.sqlvdi.VdiProvider;
import io.github.sqlvdi.statement.SqlStatement;
import io.github.sqlvdi.statement.Verdict;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A {@code BACKUP DATABASE} or {@code RESTORE DATABASE} statement as SQL Server would execute it against the device set of
 * a client, on recorded streams in the place of a database. On a backup each source gives the bytes of one device; on a
 * restore the bytes of each device go into one target. The devices have the names of
 * {@link io.github.sqlvdi.DeviceNames#of}.
 *
 * <p>The class of the devices is the client's choice: pipe-like, tape-like with filemarks and media changes, or disk-like
 * with positions (VDI reference 9). {@code VDC_Complete} is sent when the client asked for it. A command that fails ends the
 * statement the orderly way (VDI reference 2.7): no new work, the commands that are out are waited for, the error is
 * cleared, the devices are closed, and the verdict tells the reason with the numbers of SQL Server's messages.
 *
 * <p><b>What it is not.</b> The bytes are not looked into: no Microsoft Tape Format is made or read, no page of a database
 * either. At the end of a medium no end-of-medium structures are written. A tape gets one filemark after each
 * {@link Builder#sectionSize(long)} bytes, where SQL Server puts them between the parts of its format, and two at the end
 * of the recording, by which a restore knows that end.
 *
 * <p><b>Threads.</b> {@link #execute()} uses the calling thread and one more for each device; {@link #cancel()} may be
 * called from any thread. It waits for a client as long as that takes: a client that stops answering is ended by
 * {@link #cancel()}, by the death of its process, or by the time-out the client itself set.
 */
public final class EmulatedServer implements SqlStatement {

    private final StatementRun run;
    private final AtomicBoolean executed = new AtomicBoolean();

    private EmulatedServer(StatementPlan plan) {
        run = new StatementRun(plan);
    }

    /**
     * Begins the description of a backup.
     *
     * @param setName the name of the client's device set
     * @return a builder
     */
    public static Builder backup(String setName) {
        return new Builder(setName, true);
    }

    /**
     * Begins the description of a restore.
     *
     * @param setName the name of the client's device set
     * @return a builder
     */
    public static Builder restore(String setName) {
        return new Builder(setName, false);
    }

    /**
     * Executes the statement. The client's set must exist. The channels stay open, as they belong to the caller; but when
     * the statement fails or is cancelled, a wait for a source or target is interrupted, which closes a channel of the JDK.
     *
     * @return good with message 3014, or failed with the reason and message 3013; the bytes are those that were written to
     *     the devices, or read from them
     * @throws IllegalStateException if the statement was executed before
     */
    @Override
    public Verdict execute() {
        if (!executed.compareAndSet(false, true)) {
            throw new IllegalStateException(
                    "The statement was executed before: its channels are used up, make a new one");
        }
        return run.execute();
    }

    /**
     * Ends the statement with message 3204: aborts the device set, or does not begin at all. A wait for a source or target is
     * interrupted, which closes a channel of the JDK.
     */
    @Override
    public void cancel() {
        run.cancel();
    }

    /** Collects the parts and options of a statement. Not safe for several threads at once. */
    public static final class Builder {

        private static final int DEFAULT_BLOCK = 512;
        private static final int DEFAULT_TRANSFER = 65_536;
        private static final long DEFAULT_SECTION = 1 << 20;

        private final String setName;
        private final boolean backup;
        private final List<ReadableByteChannel> sources = new ArrayList<>();
        private final List<WritableByteChannel> targets = new ArrayList<>();
        private final List<Long> streamLengths = new ArrayList<>();
        private List<String> deviceNames = List.of();
        private VdiProvider provider = VdiProvider.AUTOMATIC;
        private Optional<String> instance = Optional.empty();
        private boolean snapshot;
        private int blockSize = DEFAULT_BLOCK;
        private int maxTransferSize = DEFAULT_TRANSFER;
        private int bufferCount;
        private long sectionSize = DEFAULT_SECTION;
        private boolean supportsComplete = true;

        private Builder(String setName, boolean backup) {
            this.setName = Objects.requireNonNull(setName, "setName");
            this.backup = backup;
        }

        /**
         * Adds a device to a backup.
         *
         * @param source gives the bytes of the device's stream to its end, in blocking mode; any number, also none
         * @return this
         * @throws IllegalStateException if the statement is a restore
         */
        public Builder source(ReadableByteChannel source) {
            requireDirection(true);
            sources.add(Objects.requireNonNull(source, "source"));
            return this;
        }

        /**
         * Adds a device to a restore.
         *
         * @param target takes the bytes of the device's stream, in blocking mode
         * @return this
         * @throws IllegalStateException if the statement is a backup
         */
        public Builder target(WritableByteChannel target) {
            requireDirection(false);
            targets.add(Objects.requireNonNull(target, "target"));
            return this;
        }

        /**
         * Tells a restore how long the streams are, which SQL Server finds in the data itself. Needed for removable media
         * without filemarks; for others a stream of another length then fails the statement.
         *
         * @param lengths bytes, one number for each device in their order
         * @return this
         * @throws IllegalStateException if the statement is a backup
         */
        public Builder streamLengths(long... lengths) {
            requireDirection(false);
            streamLengths.clear();
            for (long length : lengths) {
                streamLengths.add(length);
            }
            return this;
        }

        private void requireDirection(boolean wanted) {
            if (backup != wanted) {
                throw new IllegalStateException(backup
                        ? "A backup has sources: expected no target and no length"
                        : "A restore has targets: expected no source");
            }
        }

        /**
         * Sets the names of the devices, for a statement whose {@code VIRTUAL_DEVICE} clauses have other names than those of
         * {@link io.github.sqlvdi.DeviceNames#of}.
         *
         * @param names one for each device, in their order
         * @return this
         */
        public Builder deviceNames(List<String> names) {
            deviceNames = List.copyOf(names);
            return this;
        }

        /**
         * Sets which VDI is used, the client's; the default is {@link VdiProvider#AUTOMATIC}.
         *
         * @param chosen the provider
         * @return this
         */
        public Builder provider(VdiProvider chosen) {
            provider = Objects.requireNonNull(chosen, "provider");
            return this;
        }

        /**
         * Sets the instance the client named; the default one otherwise.
         *
         * @param name the instance
         * @return this
         */
        public Builder instance(String name) {
            instance = Optional.of(name);
            return this;
        }

        /**
         * Makes it a statement {@code WITH SNAPSHOT} (VDI reference 2.9, 2.10): the stream is the metadata of a snapshot,
         * and there must be one pipe-like device. The first block goes before VDC_PrepareToFreeze, if the client asked for
         * that, the rest after it.
         *
         * @return this
         */
        public Builder snapshot() {
            snapshot = true;
            return this;
        }

        /**
         * Sets BLOCKSIZE; the default is 512. A value that SQL Server refuses is refused by the statement, with messages
         * 3250 and 3253.
         *
         * @param bytes a power of two from 512 to 65,536
         * @return this
         */
        public Builder blockSize(int bytes) {
            blockSize = bytes;
            return this;
        }

        /**
         * Sets MAXTRANSFERSIZE; the default is 65,536. A value that SQL Server refuses is refused by the statement, with
         * messages 3250 and 3217.
         *
         * @param bytes a multiple of 65,536 up to 4,194,304
         * @return this
         */
        public Builder maxTransferSize(int bytes) {
            maxTransferSize = bytes;
            return this;
        }

        /**
         * Sets BUFFERCOUNT, how many buffers all devices have together; the default is 4 for each device. At least one for
         * each device is used.
         *
         * @param buffers how many; 0 leaves it to the server, a negative number is refused by the statement
         * @return this
         */
        public Builder bufferCount(int buffers) {
            bufferCount = buffers;
            return this;
        }

        /**
         * Sets how many bytes a tape-like device gets between two filemarks; the default is 1,048,576.
         *
         * @param bytes at least 1
         * @return this
         * @throws IllegalArgumentException if it is below 1
         */
        public Builder sectionSize(long bytes) {
            if (bytes < 1) {
                throw new IllegalArgumentException(
                        String.format(Locale.ROOT, "sectionSize is %d: expected at least 1 byte", bytes));
            }
            sectionSize = bytes;
            return this;
        }

        /**
         * Sets whether the server knows VDC_Complete; by default it does. An old one ends with Flush, whatever the client
         * asks for (VDI reference 6.4).
         *
         * @param known false for an old server
         * @return this
         */
        public Builder supportsComplete(boolean known) {
            supportsComplete = known;
            return this;
        }

        /**
         * Makes the statement.
         *
         * @return the statement, not executed yet
         * @throws IllegalArgumentException if there is no device, or the number of lengths is not that of the devices
         */
        public EmulatedServer build() {
            int devices = backup ? sources.size() : targets.size();
            if (devices == 0) {
                throw new IllegalArgumentException(String.format(Locale.ROOT,
                        "The statement has no device: give it a %s", backup ? "source" : "target"));
            }
            if (!deviceNames.isEmpty() && deviceNames.size() != devices) {
                throw new IllegalArgumentException(String.format(Locale.ROOT,
                        "There are %d names for %d devices: expected one for each", deviceNames.size(), devices));
            }
            if (!streamLengths.isEmpty() && streamLengths.size() != devices) {
                throw new IllegalArgumentException(
                        String.format(Locale.ROOT, "There are %d stream lengths for %d devices: expected one for each",
                                streamLengths.size(), devices));
            }
            return new EmulatedServer(new StatementPlan(backup, snapshot, provider, instance, setName, deviceNames,
                    List.copyOf(sources), List.copyOf(targets), List.copyOf(streamLengths), blockSize, maxTransferSize,
                    bufferCount, sectionSize, supportsComplete));
        }
    }
}
