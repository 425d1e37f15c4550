package io.github.sqlvdi.emulator;

import io.github.sqlvdi.CommandCode;
import io.github.sqlvdi.CompletionCodes;
import io.github.sqlvdi.Features;
import io.github.sqlvdi.VdiConfig;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Writes a recorded stream to a device (VDI reference 2.1, 8.17). The client gets these commands, by device class:
 *
 * <pre>
 *   pipe  Write ... Flush [Complete]
 *   tape  Rewind Write ... WriteMark Write ... WriteMark WriteMark Flush [Complete]    one mark between sections,
 *                                                                                      two at the end of the recording
 *   disk  Write at 0, at n, at 2n ... Flush [Complete]
 *   snapshot   Write PrepareToFreeze Write ... Flush Snapshot [Complete]               pipe-like only
 * </pre>
 *
 * At the end of a medium this class waits for the outstanding writes and sends Flush and Load. It then writes the data
 * that was not stored to the next medium, in the same order. It does not write the end-of-medium structures of SQL Server:
 * they would be extra bytes among those of the recorded stream.
 */
final class BackupStream extends DeviceStream {

    private final Access source;
    private final boolean tape;
    private final boolean prepares;
    private final List<Transfer> cut = new ArrayList<>();
    private long position;
    private long leftInSection;
    private boolean boundary;
    private boolean prepared;
    /**
     * Bytes on the current medium, and the last transfer of which any bytes were stored. Guarded by the pool's lock.
     */
    private long storedOnMedium;
    private long lastStored = -1;

    BackupStream(StatementPlan plan, VdiConfig agreed, TransferPool pool, DeviceLink link, ReadableByteChannel source) {
        super(plan, agreed, pool, link);
        this.source = source::read;
        this.tape = Features.isLikeTape(agreed.features());
        this.prepares = plan.snapshot() && (agreed.features() & Features.SNAPSHOT_PREPARE) != 0;
        this.leftInSection = tape ? plan.sectionSize() : prepares ? agreed.blockSize() : Long.MAX_VALUE;
        link.answers(this::written);
        if (agreed.eomWarningSize() > 0) {
            // All outstanding writes must fit into the warning zone when the device reports it (VDI reference 8.17).
            link.limitHeld(agreed.eomWarningSize() / agreed.maxTransferSize());
        }
    }

    @Override
    void transfer() throws StatementFailure {
        if (tape) {
            link.require(CommandCode.REWIND);
        }
        while (writeNext()) {
            link.requireUnfailed();
        }
        finish();
    }

    /** Writes the next piece of the source. Returns false at the end of the source. */
    private boolean writeNext() throws StatementFailure {
        Transfer transfer = pool.take(link);
        if (transfer == null) {
            link.requireUnfailed();
            changeMedium();
            return true;
        }
        int size = fill(transfer);
        if (size == 0) {
            pool.release(transfer);
            return false;
        }
        if (boundary) {
            passBoundary();
        }
        while (link.mediumFull()) {
            changeMedium();
        }
        leftInSection -= size;
        if (leftInSection == 0) {
            boundary = true;
            leftInSection = tape ? plan.sectionSize() : Long.MAX_VALUE;
        }
        write(transfer, size);
        return true;
    }

    private int fill(Transfer transfer) throws StatementFailure {
        ByteBuffer bytes = transfer.bytes.clear().limit((int) Math.min(agreed.maxTransferSize(), leftInSection));
        try {
            access(bytes, source, "read of the stream for ");
            if (plan.wholeBlocks()) {
                fillBlock(bytes);
            }
            return bytes.position();
        } catch (StatementFailure failure) {
            pool.release(transfer);
            throw failure;
        }
    }

    /** Appends zeros up to a multiple of the block size. The buffer has room: its size is such a multiple. */
    private void fillBlock(ByteBuffer bytes) {
        int inBlock = bytes.position() % agreed.blockSize();
        if (inBlock != 0) {
            bytes.limit(bytes.capacity()).put(new byte[agreed.blockSize() - inBlock]);
        }
    }

    private void write(Transfer transfer, int size) {
        link.send(transfer, CommandCode.WRITE, size, position);
        position += size;
    }

    /**
     * Handles the answer to a Write. The caller holds the pool's lock. Runs on the completion agent's thread, or on the
     * stream's thread if the send failed.
     */
    private void written(Transfer transfer) {
        int size = transfer.command.size();
        int count = transfer.code == CompletionCodes.SUCCESS || transfer.code == CompletionCodes.END_OF_MEDIA
                ? Math.clamp(transfer.count, 0, size) : 0;
        if (count > 0) {
            storedOnMedium += count;
            lastStored = Math.max(lastStored, transfer.sequence);
            addBytes(count);
        }
        if (transfer.code == CompletionCodes.END_OF_MEDIA) {
            link.mediumFull(true);
        }
        if (count < size && transfer.code == CompletionCodes.END_OF_MEDIA) {
            cut.add(transfer);
            return;
        }
        if (count < size && !CompletionCodes.isFailure(CommandCode.WRITE, transfer.code)) {
            link.fail(String.format(Locale.ROOT,
                    "The device stored %d of %d bytes and did not report the end of its medium: %s.", count, size,
                    CompletionCodes.name(transfer.code)));
        }
        pool.release(transfer);
    }

    private void passBoundary() throws StatementFailure {
        boundary = false;
        link.awaitIdle();
        while (link.mediumFull()) {
            changeMedium();
        }
        if (tape) {
            writeMark();
        } else {
            prepareToFreeze();
        }
    }

    private void writeMark() throws StatementFailure {
        link.requireUnfailed();
        int answer = link.call(CommandCode.WRITE_MARK, 0, 0);
        if (answer == CompletionCodes.END_OF_MEDIA) { // the mark was stored; the next Write needs a new medium
            link.mediumFull(true);
        } else if (answer != CompletionCodes.SUCCESS) {
            throw link.failed(CommandCode.WRITE_MARK, answer);
        }
    }

    private void prepareToFreeze() throws StatementFailure {
        link.require(CommandCode.PREPARE_TO_FREEZE);
        prepared = true;
    }

    private void changeMedium() throws StatementFailure {
        link.awaitIdle();
        link.requireUnfailed();
        List<Transfer> again = takeCut();
        link.require(CommandCode.FLUSH);
        link.require(CommandCode.LOAD);
        pool.lock.lock();
        try {
            storedOnMedium = 0;
        } finally {
            pool.lock.unlock();
        }
        position = 0;
        link.mediumFull(false);
        for (Transfer transfer : again) {
            int stored = Math.clamp(transfer.count, 0, transfer.command.size());
            int rest = transfer.command.size() - stored;
            transfer.moveToFront(stored, stored + rest);
            write(transfer, rest);
        }
    }

    /**
     * Returns the writes that must be sent again, in the order in which they were sent first. Fails if the device
     * stored data behind a write that it had cut, or if a whole medium took no data.
     */
    private List<Transfer> takeCut() throws StatementFailure {
        pool.lock.lock();
        try {
            cut.sort(Comparator.comparingLong(transfer -> transfer.sequence));
            if (!cut.isEmpty() && lastStored > cut.getFirst().sequence) {
                throw link.misbehaved("The device stored data behind a write that it had cut.");
            }
            if (!cut.isEmpty() && storedOnMedium == 0) {
                throw link.misbehaved("A whole medium took no data.");
            }
            List<Transfer> again = List.copyOf(cut);
            cut.clear();
            return again;
        } finally {
            pool.lock.unlock();
        }
    }

    private void finish() throws StatementFailure {
        link.awaitIdle();
        while (link.mediumFull() && (tape || hasCut())) {
            changeMedium();
            link.awaitIdle();
        }
        link.requireUnfailed();
        if (tape) {
            writeMark();
            writeMark();
        }
        if (prepares && !prepared) {
            prepareToFreeze();
        }
        link.require(CommandCode.FLUSH);
        if (plan.snapshot()) {
            link.require(CommandCode.SNAPSHOT);
        }
        if ((agreed.features() & Features.COMPLETE_ENABLED) != 0) {
            link.require(CommandCode.COMPLETE);
        }
    }

    private boolean hasCut() {
        pool.lock.lock();
        try {
            return !cut.isEmpty();
        } finally {
            pool.lock.unlock();
        }
    }
}
