package io.github.sqlvdi.internal.engine.host.windows;

import io.github.sqlvdi.internal.engine.host.RegionKey;
import io.github.sqlvdi.internal.engine.host.members.MappedRegion;
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
import java.util.UUID;

/**
 * A mapped file {@code <set>-<process>-<handle>.region} of the private directory. The file disappears with its creator
 * (see {@link LockedFile}); the mappings of other processes stay valid. Windows maps views at multiples of 64 KiB. It
 * refuses to shorten a file while it is mapped. The size is checked before mapping, so an access inside a view cannot
 * fault. Disk space is allocated when the file is created, so that a full disk causes an exception there and no failed
 * access later.
 */
final class WindowsRegion extends MappedRegion {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int ATTEMPTS = 8;

    private final LockedFile file;
    private final NamedEvents events;

    /** Keeps {@code file}, if not null, open while the region lives: other processes open the creator's. */
    private WindowsRegion(RegionKey key, LockedFile file, MemorySegment memory, Arena arena) {
        super(key, memory, arena);
        this.file = file;
        this.events = new NamedEvents(memory, name(key));
    }

    private static WindowsRegion map(RegionKey key, LockedFile file, FileChannel channel, long bytes)
            throws IOException {
        Arena arena = Arena.ofShared();
        try {
            MemorySegment memory = channel.map(MapMode.READ_WRITE, 0, sizeOf(bytes), arena).asSlice(0, bytes);
            return new WindowsRegion(key, file, memory, arena);
        } catch (IOException | RuntimeException | Error e) {
            arena.close();
            throw e;
        }
    }

    static WindowsRegion create(UUID set, long bytes) throws IOException {
        sizeOf(bytes);
        RegionKey key = key(set);
        LockedFile file = LockedFile.claim(path(key), ByteBuffer.allocate(0));
        for (int attempt = 1; file == null && attempt < ATTEMPTS; attempt++) { // a sweeper of another process has it
            key = key(set);
            file = LockedFile.claim(path(key), ByteBuffer.allocate(0));
        }
        if (file == null) {
            throw new IOException("the file of the shared region " + key + " was locked by another process, as were "
                    + (ATTEMPTS - 1) + " others before");
        }
        try {
            return map(key, file, file.channel(), bytes);
        } catch (IOException | RuntimeException | Error e) {
            file.close();
            throw e;
        }
    }

    private static RegionKey key(UUID set) {
        return new RegionKey(ProcessHandle.current().pid(), RANDOM.nextLong() >>> 1, set);
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
            return map(key, null, channel, bytes);
        } catch (NoSuchFileException | AccessDeniedException e) {
            throw new IOException("the shared region " + key + " cannot be reached through " + path + ": its process "
                    + "has ended, closed it, belongs to another user or uses another directory, or it is a region of another "
                    + "set", e);
        }
    }

    private static Path path(RegionKey key) throws IOException {
        return PrivateDirectory.require().resolve(name(key) + ".region");
    }

    static String name(RegionKey key) {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(key.set().getMostSignificantBits())
                + hex.toHexDigits(key.set().getLeastSignificantBits())
                + "-" + key.process() + "-" + hex.toHexDigits(key.handle());
    }

    /** Returns the events on which threads sleep for words of this mapping. */
    NamedEvents events() {
        return events;
    }

    @Override
    protected void closeHandles() {
        MappedRegions.remove(this);
        events.close();
    }

    /** Closes the file last. Until then another process can still find it by its name. */
    @Override
    protected void closeMapping(boolean unused) {
        if (file != null) {
            try {
                file.close();
            } catch (IOException e) {
                WindowsHost.LOG.log(Level.WARNING, "The file of the shared region " + key() + " did not close well", e);
            }
        }
    }
}
