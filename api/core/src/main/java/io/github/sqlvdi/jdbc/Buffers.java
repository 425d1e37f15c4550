package io.github.sqlvdi.jdbc;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A wish for the buffers of a statement. SQL Server allocates all of them in shared memory before the first byte flows
 * (VDI reference 7.1, 14.2), and refuses the statement if it cannot.
 *
 * @param transferSize bytes of a buffer: a multiple of 65,536 up to 4,194,304
 * @param count buffers of all devices together, at least one for each
 */
record Buffers(int transferSize, int count) {

    /** The wish for none: the server takes its own choice. */
    private static final Buffers NO_WISH = new Buffers(0, 0);
    private static final int UNIT = 65_536;
    private static final int FEW_UNITS = 4;
    private static final int MIB = 1 << 20;
    /** One buffer for the server to fill, one for the device to write, and two in the queue between them. */
    private static final int EACH_DEVICE = 4;
    private static final int FEW_DEVICES = 16;
    private static final int FEWEST_EACH_DEVICE = 2;

    /**
     * Returns the buffers for a number of devices: 4 for each, of 1 MiB up to 16 devices and of 512 KiB above. So each
     * busy device has 4 or 2 MiB. With less than 2 MiB for each, the server fills a buffer again while its old bytes are
     * still in the cache of the processor that read it, which halves the rate; above 2.5 MiB a single copy of a buffer
     * is slow (PERFORMANCE.md). All buffers together are 128 MiB at most. SQL Server's own choice for virtual devices is
     * 64 KiB a buffer.
     */
    static Buffers of(int devices, OptionalInt transferSize, OptionalInt count) {
        int size = transferSize.orElse(devices <= FEW_DEVICES ? MIB : MIB / 2);
        return new Buffers(size, count.orElse(devices * EACH_DEVICE));
    }

    /**
     * Returns a wish for half of the memory: first smaller buffers down to 256 KiB, then fewer ones, then buffers of 64
     * KiB, and at last the server's own choice. Empty if there is nothing smaller.
     */
    Optional<Buffers> smaller(int devices) {
        if (transferSize > FEW_UNITS * UNIT) {
            return Optional.of(new Buffers(half(transferSize), count));
        }
        if (count >= 2 * FEWEST_EACH_DEVICE * devices) {
            return Optional.of(new Buffers(transferSize, count / 2));
        }
        if (transferSize > UNIT) {
            return Optional.of(new Buffers(half(transferSize), count));
        }
        return equals(NO_WISH) ? Optional.empty() : Optional.of(NO_WISH);
    }

    private static int half(int size) {
        return Math.max(UNIT, size / 2 / UNIT * UNIT);
    }

    /** Returns the options of a statement. */
    List<String> options() {
        return equals(NO_WISH) ? List.of() : List.of("MAXTRANSFERSIZE = " + transferSize, "BUFFERCOUNT = " + count);
    }

    /** {@return the number and the size} */
    @Override
    public String toString() {
        return equals(NO_WISH) ? "the server's own choice of buffers"
                : String.format(Locale.ROOT, "%d buffers of %,d bytes", count, transferSize);
    }
}
