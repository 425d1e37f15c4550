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
 * A {@code BACKUP} or {@code RESTORE} statement as SQL Server would execute it against a client's device set, with
 * recorded streams instead of a database or its log. On a backup each source gives the bytes of one device. On a
 * restore the bytes of each device go into one target. The devices have the names of
 * {@link io.github.sqlvdi.DeviceNames#of} unless {@link Builder#deviceNames} sets others.
 *
 * <p>The client chooses the class of the devices: pipe-like, tape-like with filemarks and media changes, or disk-like
 * with positions (VDI reference 9). The server sends {@code VDC_Complete} if the client asked for it. When a command
 * fails, the server ends the statement in the orderly way (VDI reference 2.7): it sends no new work, waits for the
 * outstanding commands, clears the error and closes the devices. The verdict gives the reason, with the numbers of SQL
 * Server's messages.
 *
 * <p>A restore follows the blocks of a stream in SQL Server's format. A stream that ends before its last block fails the
 * statement with message 3203, a damaged one with 3242. Any other stream, for example test data, is taken as it is.
 *
 * <p><b>Limits.</b> The server makes no Microsoft Tape Format, and it neither makes nor checks database pages. It writes
 * no end-of-medium structures at the end of a medium. A tape gets one filemark after each
 * {@link Builder#sectionSize(long)} bytes, where SQL Server puts filemarks between the parts of its format. It gets two
 * filemarks at the end of the recording, by which a restore finds that end.
 *
 * <p><b>Threads.</b> {@link #execute()} uses the calling thread and one more for each device; {@link #cancel()} may be
 * called from any thread. {@code execute()} waits for the client's answers without a time limit. The wait ends when
 * {@link #cancel()} is called, when the client's process dies, or when a time-out expires that the client set.
 */
public final class EmulatedServer implements SqlStatement {

    private final StatementRun run;
    private final AtomicBoolean executed = new AtomicBoolean();

    private EmulatedServer(StatementPlan plan) {
        run = new StatementRun(plan);
    }

    /**
     * {@return a builder for a backup}
     *
     * @param setName the name of the client's device set
     */
    public static Builder backup(String setName) {
        return new Builder(setName, true);
    }

    /**
     * {@return a builder for a restore}
     *
     * @param setName the name of the client's device set
     */
    public static Builder restore(String setName) {
        return new Builder(setName, false);
    }

    /**
     * Executes the statement. The client's set must exist. The channels stay open, because they belong to the caller.
     * When the statement fails or is cancelled, the threads that wait for a source or target are interrupted, which
     * closes a channel of the JDK.
     *
     * @return a good verdict with message 3014, or a failed one with the reason and message 3013; its bytes are those
     *     that were written to the devices, or read from them
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
     * Ends the statement with message 3204 and aborts the device set. If the statement has not begun,
     * {@link #execute()} aborts the set instead of transferring data. The threads that wait for a source or target are
     * interrupted, which closes a channel of the JDK.
     */
    @Override
    public void cancel() {
        run.cancel();
    }

    /** Collects the parts and options of a statement. Not thread-safe. */
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
        private long bufferRoom = Long.MAX_VALUE;
        private long sectionSize = DEFAULT_SECTION;
        private boolean supportsComplete = true;
        private boolean log;
        private boolean wholeBlocks;

        private Builder(String setName, boolean backup) {
            this.setName = Objects.requireNonNull(setName, "setName");
            this.backup = backup;
        }

        /**
         * Adds a device to a backup.
         *
         * @param source a channel in blocking mode that gives the bytes of the device's stream to its end; it may give none
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
         * @param target a channel in blocking mode that takes the bytes of the device's stream
         * @return this
         * @throws IllegalStateException if the statement is a backup
         */
        public Builder target(WritableByteChannel target) {
            requireDirection(false);
            targets.add(Objects.requireNonNull(target, "target"));
            return this;
        }

        /**
         * Sets the lengths of the streams of a restore. A stream in SQL Server's format needs none: the emulator finds its
         * end as SQL Server does. A stream of another format needs one on removable media without filemarks, else the
         * statement fails with message 3241. If lengths are set, a stream of another length fails the statement.
         *
         * @param lengths the length of each device's stream in bytes, in the order of the devices
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
                        : "A restore has targets: expected no source and no filling of blocks");
            }
        }

        /**
         * Sets the names of the devices, for a statement with other {@code VIRTUAL_DEVICE} names than those of
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
         * Sets the VDI implementation, which must be that of the client; the default is {@link VdiProvider#AUTOMATIC}.
         *
         * @param chosen the provider
         * @return this
         */
        public Builder provider(VdiProvider chosen) {
            provider = Objects.requireNonNull(chosen, "provider");
            return this;
        }

        /**
         * Sets the SQL Server instance, which must be the one that the client named; the default is the default
         * instance.
         *
         * @param name the name of the instance
         * @return this
         */
        public Builder instance(String name) {
            instance = Optional.of(name);
            return this;
        }

        /**
         * Makes this a statement {@code WITH SNAPSHOT} (VDI reference 2.9, 2.10). The stream is the metadata of a
         * snapshot, and there must be one pipe-like device. If the client asked for VDC_PrepareToFreeze, the first
         * block is sent before it and the rest after it.
         *
         * @return this
         */
        public Builder snapshot() {
            snapshot = true;
            return this;
        }

        /**
         * Makes this a {@code BACKUP LOG} or {@code RESTORE LOG} statement; without this call it is one of a
         * {@code DATABASE}. Only the messages differ.
         *
         * @return this
         */
        public Builder log() {
            log = true;
            return this;
        }

        /**
         * Fills the last Write of each device with zeros up to a multiple of BLOCKSIZE. SQL Server's streams consist of
         * whole blocks, so its Writes are always such multiples (VDI reference 7.2). Without this call a recording of
         * another length ends with a shorter Write, because with zeros behind it a restore would give other bytes than
         * were recorded. Use it to test a client that depends on whole blocks, for example one that writes with direct
         * I/O. The zeros are part of the backup: they count in the verdict, and a restore gives them.
         *
         * @return this
         * @throws IllegalStateException if the statement is a restore
         */
        public Builder wholeBlocks() {
            requireDirection(true);
            wholeBlocks = true;
            return this;
        }

        /**
         * Sets BLOCKSIZE; the default is 512. A value that SQL Server would refuse fails the statement with message 3250
         * or 3253.
         *
         * @param bytes a power of two from 512 to 65,536
         * @return this
         */
        public Builder blockSize(int bytes) {
            blockSize = bytes;
            return this;
        }

        /**
         * Sets MAXTRANSFERSIZE; the default is 65,536. A value that SQL Server would refuse fails the statement with
         * message 3250 or 3217.
         *
         * @param bytes a multiple of 65,536 up to 4,194,304
         * @return this
         */
        public Builder maxTransferSize(int bytes) {
            maxTransferSize = bytes;
            return this;
        }

        /**
         * Sets BUFFERCOUNT, the number of buffers that all devices share; the default is 4 for each device. The server
         * uses at least one buffer for each device.
         *
         * @param buffers the number; with 0 the server chooses, a negative number fails the statement with message 3250
         * @return this
         */
        public Builder bufferCount(int buffers) {
            bufferCount = buffers;
            return this;
        }

        /**
         * Sets how much memory there is for buffers; there is no limit by default. A statement that needs more fails with
         * message 18210 of AllocateBuffer (VDI reference 15).
         *
         * @param bytes for all buffers together
         * @return this
         */
        public Builder bufferRoom(long bytes) {
            bufferRoom = bytes;
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
         * Sets whether the server knows VDC_Complete; the default is true. An old server ends with Flush, even if the
         * client asks for VDC_Complete (VDI reference 6.4).
         *
         * @param known false for an old server
         * @return this
         */
        public Builder supportsComplete(boolean known) {
            supportsComplete = known;
            return this;
        }

        /**
         * {@return the statement, not executed yet}
         *
         * @throws IllegalArgumentException if there is no device, or the number of names or lengths is not that of the
         *     devices
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
            if (wholeBlocks && blockSize > 0 && sectionSize % blockSize != 0) {
                throw new IllegalArgumentException(String.format(Locale.ROOT,
                        "sectionSize is %,d: expected a multiple of the block size, %,d bytes, for whole blocks",
                        sectionSize, blockSize));
            }
            return new EmulatedServer(new StatementPlan(backup, snapshot, provider, instance, setName, deviceNames,
                    List.copyOf(sources), List.copyOf(targets), List.copyOf(streamLengths), blockSize, maxTransferSize,
                    bufferCount, bufferRoom, sectionSize, supportsComplete, log, wholeBlocks));
        }
    }
}
