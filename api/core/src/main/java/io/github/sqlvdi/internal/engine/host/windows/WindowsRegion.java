package io.github.sqlvdi.internal.engine.host.windows;

import io.github.sqlvdi.internal.engine.host.RegionKey;
import io.github.sqlvdi.internal.engine.host.SharedRegion;
import io.github.sqlvdi.internal.engine.host.members.ArenaCloser;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A mapped file {@code <process>-<handle>.region} of the private directory, gone with its creator (see
 * {@link LockedFile}); the mappings of others outlive the name. Windows maps views at multiples of 64 KiB by itself, and
 * refuses to shorten a file that anybody has mapped: that is its seal, so an access inside a view cannot fault. The size
 * is checked before mapping. Room on the disk is taken when the file is made, so that a full disk is an exception here
 * and no failed access later.
 */
final class WindowsRegion implements SharedRegion {

    private static final long GRANULE = 65_536;
    private static final long MAX_BYTES = 1L << 46;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final RegionKey key;
    private final LockedFile file;
    private final Arena arena;
    private final MemorySegment memory;
    private final Doorbells doorbells;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** Holds {@code file} as long as the region if it is not null: others open the creator's. */
    private WindowsRegion(RegionKey key, LockedFile file, FileChannel channel, long bytes) throws IOException {
        this.key = key;
        this.file = file;
        this.arena = Arena.ofShared();
        try {
            this.memory = channel.map(MapMode.READ_WRITE, 0, sizeOf(bytes), arena).asSlice(0, bytes);
        } catch (IOException | RuntimeException | Error e) {
            arena.close();
            throw e;
        }
        this.doorbells = new Doorbells(memory, name(key));
    }

    static WindowsRegion create(long bytes) throws IOException {
        sizeOf(bytes);
        RegionKey key = new RegionKey(ProcessHandle.current().pid(), RANDOM.nextLong() >>> 1);
        LockedFile file = LockedFile.claim(path(key), ByteBuffer.allocate(0));
        if (file == null) {
            throw new IOException("the shared region " + key + " exists already; two random numbers were equal");
        }
        try {
            return new WindowsRegion(key, file, file.channel(), bytes);
        } catch (IOException | RuntimeException | Error e) {
            file.close();
            throw e;
        }
    }

    static WindowsRegion open(RegionKey key, long bytes) throws IOException {
        long size = sizeOf(bytes);
        if (key.process() <= 0 || key.process() > 0xFFFFFFFFL || key.handle() < 0) {
            throw new IOException("no shared region can have the key " + key + ": process id and handle are positive; "
                    + "it was damaged or forged");
        }
        Path path = path(key);
        try (FileChannel channel = LockedFile.open(path)) {
            if (channel.size() != size) {
                throw new IOException(path + " has " + channel.size() + " bytes; expected " + size);
            }
            return new WindowsRegion(key, null, channel, bytes);
        } catch (NoSuchFileException | AccessDeniedException e) {
            throw new IOException("the shared region " + key + " cannot be reached through " + path + ": its process "
                    + "has ended, closed it, belongs to another user or uses another directory", e);
        }
    }

    private static Path path(RegionKey key) throws IOException {
        return PrivateDirectory.require().resolve(name(key) + ".region");
    }

    private static String name(RegionKey key) {
        return key.process() + "-" + HexFormat.of().toHexDigits(key.handle());
    }

    private static long sizeOf(long bytes) {
        if (bytes < 1 || bytes > MAX_BYTES) {
            throw new IllegalArgumentException("bytes is " + bytes + "; expected 1 to " + MAX_BYTES);
        }
        return (bytes + GRANULE - 1) / GRANULE * GRANULE;
    }

    /** Returns the events on which threads sleep for words of this mapping. */
    Doorbells doorbells() {
        return doorbells;
    }

    @Override
    public MemorySegment memory() {
        return memory;
    }

    @Override
    public RegionKey key() {
        return key;
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        MappedRegions.remove(this);
        doorbells.close();
        if (!ArenaCloser.close(arena)) {
            WindowsHost.LOG.log(Level.WARNING, "A native call still uses the shared region " + key
                    + "; its mapping of " + memory.byteSize() + " bytes stays until this process ends.");
        }
        if (file != null) {
            try {
                file.close();
            } catch (IOException e) {
                WindowsHost.LOG.log(Level.WARNING, "The file of the shared region " + key + " did not close well", e);
            }
        }
    }

    @Override
    public String toString() {
        return "SharedRegion[" + key + ", " + memory.byteSize() + " bytes at 0x" + Long.toHexString(memory.address())
                + "]";
    }
}
