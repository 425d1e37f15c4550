package io.github.sqlvdi.emulator;

import io.github.sqlvdi.CommandCode;
import io.github.sqlvdi.CompletionCodes;
import io.github.sqlvdi.Features;
import io.github.sqlvdi.VdiConfig;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * Reads a stream from a device (VDI reference 2.2, 8.3, 8.17). Several reads are outstanding at a time; their bytes are
 * taken in order.
 *
 * <p>A medium ends with ERROR_HANDLE_EOF or ERROR_NO_DATA_DETECTED. The recording ends on a tape with two filemarks
 * that have nothing between them, on other classes where {@link StreamEnd} finds the end or at the end of a medium that
 * cannot be changed. Load changes a medium that ends before the recording.
 *
 * <p>On a disk-like device the header at position 0 is read alone first, as SQL Server does when it validates the
 * medium. The stream must begin with the same bytes.
 */
final class RestoreStream extends DeviceStream {

    /**
     * Limit of successive reads with success and no bytes. A client that answers so at the end of its data would
     * otherwise be asked forever (VDI reference 8.3).
     */
    private static final int MAX_EMPTY_READS = 16;

    private final Access target;
    private final StreamEnd end;
    private final boolean tape;
    private final boolean disk;
    private final boolean removable;
    private final int depth;
    private final ArrayDeque<Transfer> inFlight = new ArrayDeque<>();
    private byte[] header = new byte[0];
    private long position;
    private boolean mediumEnded;
    private boolean recordingEnded;
    private boolean afterMark;
    private int emptyReads;

    RestoreStream(StatementPlan plan, VdiConfig agreed, TransferPool pool, DeviceLink link, WritableByteChannel target,
            OptionalLong length) {
        super(plan, agreed, pool, link);
        this.target = target::write;
        this.end = new StreamEnd(link, length);
        this.tape = Features.isLikeTape(agreed.features());
        this.disk = Features.isLikeDisk(agreed.features());
        this.removable = (agreed.features() & Features.REMOVABLE) != 0;
        this.depth = Math.max(1, plan.bufferCount() / plan.deviceCount());
        link.answers(transfer -> {}); // the stream's thread takes the answers, in order
    }

    @Override
    void transfer() throws StatementFailure {
        if (tape) {
            link.require(CommandCode.REWIND);
        }
        if (disk) {
            readHeader();
        }
        while (!recordingEnded) {
            readMedium();
            recordingEnded |= !tape && (!removable || end.passed());
            if (!recordingEnded) {
                if (!tape) {
                    end.requireFindable();
                }
                link.require(CommandCode.LOAD);
                position = 0;
            }
        }
        end.requireWhole();
        if (plan.snapshot()) {
            link.require(CommandCode.MOUNT_SNAPSHOT);
        }
    }

    private void readHeader() throws StatementFailure {
        Transfer transfer = pool.take(link);
        if (transfer == null) {
            link.requireUnfailed();
            return;
        }
        try {
            link.send(transfer, CommandCode.READ, agreed.blockSize(), 0);
            link.awaitDone(transfer);
            link.requireUnfailed();
            header = new byte[count(transfer)];
            MemorySegment.copy(transfer.buffer, ValueLayout.JAVA_BYTE, 0, header, 0, header.length);
        } finally {
            pool.release(transfer);
        }
    }

    private void readMedium() throws StatementFailure {
        mediumEnded = false;
        try {
            do {
                sendReads();
                if (!inFlight.isEmpty()) {
                    takeNext();
                }
            } while (!inFlight.isEmpty() || !mediumEnded);
        } finally {
            discardInFlight();
        }
    }

    private void sendReads() throws StatementFailure {
        while (!mediumEnded && inFlight.size() < depth) {
            Transfer transfer = inFlight.isEmpty() ? pool.take(link) : pool.tryTake(link);
            if (transfer == null) {
                link.requireUnfailed();
                return;
            }
            inFlight.add(transfer);
            link.send(transfer, CommandCode.READ, agreed.maxTransferSize(), disk ? position : 0);
            position += agreed.maxTransferSize();
        }
    }

    private void takeNext() throws StatementFailure {
        Transfer transfer = inFlight.remove();
        try {
            link.awaitDone(transfer);
            link.requireUnfailed();
            if (!recordingEnded) { // behind the recording a tape may hold other data
                accept(transfer);
            }
        } finally {
            pool.release(transfer);
        }
    }

    private void accept(Transfer transfer) throws StatementFailure {
        int count = count(transfer);
        if (mediumEnded && count > 0) {
            throw link.misbehaved(
                    String.format(Locale.ROOT, "The device gave %d bytes behind the end of its data.", count));
        }
        if (count > 0) {
            checkHeader(transfer.buffer, count);
            end.feed(transfer.buffer, count);
            store(transfer.bytes.clear().limit(count));
            afterMark = false;
        }
        switch (transfer.code) {
            case CompletionCodes.SUCCESS -> acceptSuccess(transfer, count);
            case CompletionCodes.FILEMARK_DETECTED -> {
                mediumEnded |= !tape;
                recordingEnded |= tape && afterMark;
                mediumEnded |= recordingEnded;
                afterMark = true;
            }
            default -> mediumEnded = true;
        }
        mediumEnded |= removable && !tape && end.passed();
    }

    private void acceptSuccess(Transfer transfer, int count) throws StatementFailure {
        int size = transfer.command.size();
        emptyReads = count == 0 ? emptyReads + 1 : 0;
        if (emptyReads > MAX_EMPTY_READS) {
            throw link.misbehaved("The device answers reads with success and no bytes, where 38 (ERROR_HANDLE_EOF) "
                    + "tells the end of the data.");
        }
        if (disk && count < size) { // the later reads left a gap: continue where this read ended
            discardInFlight();
            position = transfer.command.position() + count;
        }
    }

    private int count(Transfer transfer) throws StatementFailure {
        if (transfer.count < 0 || transfer.count > transfer.command.size()) {
            throw link.misbehaved(String.format(Locale.ROOT, "The device reported %d of %d bytes.",
                    Integer.toUnsignedLong(transfer.count), transfer.command.size()));
        }
        return transfer.count;
    }

    private void checkHeader(MemorySegment data, int count) throws StatementFailure {
        long begin = bytes();
        for (long at = begin; at < Math.min(header.length, begin + count); at++) {
            if (header[(int) at] != data.get(ValueLayout.JAVA_BYTE, at - begin)) {
                throw link.misbehaved(String.format(Locale.ROOT,
                        "The header at position 0 changed between two reads, at byte %d.", at));
            }
        }
    }

    private void store(ByteBuffer data) throws StatementFailure {
        int count = data.remaining();
        access(data, target, "write of the stream of ");
        addBytes(count);
    }

    /** Waits for the outstanding reads and discards their data. */
    private void discardInFlight() {
        while (!inFlight.isEmpty()) {
            Transfer transfer = inFlight.remove();
            link.awaitDone(transfer);
            pool.release(transfer);
        }
    }
}
