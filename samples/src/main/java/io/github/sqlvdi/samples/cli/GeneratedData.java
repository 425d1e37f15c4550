package io.github.sqlvdi.samples.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ReadableByteChannel;
import java.util.SplittableRandom;

/**
 * Bytes that look random and are the same for the same seed, device and size. Each page of 4 KiB begins with its device
 * and its offset, so that a page that is lost, doubled or swapped changes the data. The rest is one random page that is
 * repeated, so that generating the data costs little more than a copy.
 */
final class GeneratedData implements ReadableByteChannel {

    private static final int PAGE = 4096;

    private final ByteBuffer page = ByteBuffer.allocate(PAGE).order(ByteOrder.LITTLE_ENDIAN);
    private final long device;
    private final long size;
    private long position;
    private boolean open = true;

    GeneratedData(long seed, int device, long size) {
        this.device = device;
        this.size = size;
        new SplittableRandom(seed + device).nextBytes(page.array());
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        if (!open) {
            throw new ClosedChannelException();
        }
        if (position == size) {
            return -1;
        }
        int begin = target.position();
        while (target.hasRemaining() && position < size) {
            int offset = (int) (position % PAGE);
            page.putLong(0, device).putLong(Long.BYTES, position - offset);
            int count = (int) Math.min(Math.min(PAGE - offset, target.remaining()), size - position);
            target.put(target.position(), page, offset, count).position(target.position() + count);
            position += count;
        }
        return target.position() - begin;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        open = false;
    }
}
