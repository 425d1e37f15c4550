package io.github.sqlvdi.internal.engine.host.linux;

import static io.github.sqlvdi.internal.engine.host.linux.LinuxCalls.F_SEAL_GROW;
import static io.github.sqlvdi.internal.engine.host.linux.LinuxCalls.F_SEAL_SEAL;
import static io.github.sqlvdi.internal.engine.host.linux.LinuxCalls.F_SEAL_SHRINK;
import static io.github.sqlvdi.internal.engine.host.linux.LinuxCalls.MFD_ALLOW_SEALING;
import static io.github.sqlvdi.internal.engine.host.linux.LinuxCalls.MFD_CLOEXEC;
import static io.github.sqlvdi.internal.engine.host.linux.LinuxCalls.MFD_NOEXEC_SEAL;

import io.github.sqlvdi.internal.engine.host.RegionKey;
import io.github.sqlvdi.internal.engine.host.members.MappedRegion;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.UUID;

/**
 * A memory file (memfd), mapped shared. It has no name in any file system. Other processes open it as
 * {@code /proc/<pid>/fd/<fd>} of its creator, which the kernel allows to the same user only. Its size is sealed before
 * another process can know of the file, so no truncation can turn an access into SIGBUS.
 */
final class LinuxRegion extends MappedRegion {

    private final OpenFile file;
    private final AlignedMapping mapping;

    /**
     * Keeps {@code file}, if not null, open while the region lives: other processes open the creator's through /proc.
     */
    private LinuxRegion(RegionKey key, OpenFile file, AlignedMapping mapping, long bytes) {
        super(key, mapping.address(), bytes);
        this.file = file;
        this.mapping = mapping;
    }

    static LinuxRegion create(UUID set, long bytes) throws IOException {
        long size = sizeOf(bytes);
        OpenFile file = OpenFile.ofDescriptor(createFile(name(set)));
        try {
            int returned = LinuxCalls.ftruncate(file.descriptor(), size);
            if (returned < 0) {
                throw Errno.failed("ftruncate of a shared region to " + size + " bytes", returned);
            }
            returned = LinuxCalls.fcntl(file.descriptor(), LinuxCalls.F_ADD_SEALS,
                    F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL);
            if (returned < 0) {
                throw Errno.failed("fcntl with F_ADD_SEALS, which seals a shared region,", returned);
            }
            RegionKey key = new RegionKey(ProcessHandle.current().pid(), file.descriptor(), set);
            return new LinuxRegion(key, file, AlignedMapping.map(file, size), bytes);
        } catch (IOException | RuntimeException | Error e) {
            file.close();
            throw e;
        }
    }

    private static int createFile(String name) throws IOException {
        int returned = LinuxCalls.memfdCreate(name, MFD_CLOEXEC | MFD_ALLOW_SEALING | MFD_NOEXEC_SEAL);
        if (Errno.EINVAL.is(returned)) { // Linux before 6.3 does not know MFD_NOEXEC_SEAL
            returned = LinuxCalls.memfdCreate(name, MFD_CLOEXEC | MFD_ALLOW_SEALING);
        }
        if (returned < 0) {
            throw Errno.failed("memfd_create", returned);
        }
        return returned;
    }

    static LinuxRegion open(RegionKey key, long bytes) throws IOException {
        long size = sizeOf(bytes);
        if (key.process() <= 0 || key.process() > Integer.MAX_VALUE
                || key.handle() < 0 || key.handle() > Integer.MAX_VALUE) {
            throw new IOException("no shared region can have the key " + key + ": process id and handle are positive "
                    + "32-bit numbers; it was damaged or forged");
        }
        Path link = Path.of("/proc/" + key.process() + "/fd/" + key.handle());
        requireMemoryFile(link, key);
        // OpenFile.open would refuse this path, because it is a symbolic link. O_NONBLOCK: since the check above, the
        // link may have come to lead to a pipe or a device.
        int returned = LinuxCalls.open(link.toString(),
                LinuxCalls.O_RDWR | LinuxCalls.O_CLOEXEC | LinuxCalls.O_NONBLOCK | LinuxCalls.O_NOCTTY);
        if (Errno.ENOENT.is(returned) || Errno.ESRCH.is(returned)) {
            throw gone(key, link, new NoSuchFileException(link.toString()));
        }
        if (returned < 0) {
            throw Errno.failed("open of the shared region " + link, returned);
        }
        try (OpenFile file = OpenFile.ofDescriptor(returned)) {
            verify(file, link, size);
            return new LinuxRegion(key, null, AlignedMapping.map(file, size), bytes);
        }
    }

    private static IOException gone(RegionKey key, Path link, NoSuchFileException cause) {
        return new IOException("the shared region " + key + " cannot be reached through " + link + ": its process "
                + "has ended, has closed it, or runs in another container", cause);
    }

    /** Refuses devices, pipes and files before they are opened: only the name of a memory file of this set passes. */
    private static void requireMemoryFile(Path link, RegionKey key) throws IOException {
        String target;
        try {
            target = Files.readSymbolicLink(link).toString();
        } catch (NoSuchFileException e) {
            throw gone(key, link, e);
        } catch (AccessDeniedException e) {
            throw new IOException("this process is not permitted to look into " + link.getParent()
                    + ": that process belongs to another user, has more capabilities, is in another user namespace, or "
                    + "ptrace is restricted; start both processes in the same way", e);
        } catch (IOException e) {
            throw new IOException("the shared region " + key + " cannot be reached through " + link + ": "
                    + e.getMessage(), e);
        }
        if (!target.startsWith("/memfd:" + name(key.set()))) {
            throw new IOException(
                    link + " is no shared region of this set but " + target + ": if the two processes run in "
                            + "different containers or PID namespaces, that is another process");
        }
    }

    private static String name(UUID set) {
        return "sqlvdi-" + set;
    }

    private static void verify(OpenFile file, Path link, long size) throws IOException {
        int owner = (Integer) Files.getAttribute(file.path(), "unix:uid");
        if (owner != LinuxCalls.geteuid()) {
            throw new IOException(link + " belongs to user " + owner + "; expected user " + LinuxCalls.geteuid());
        }
        int seals = LinuxCalls.fcntl(file.descriptor(), LinuxCalls.F_GET_SEALS, 0);
        if (seals < 0) {
            throw Errno.failed("reading the seals of " + link, seals);
        }
        if ((seals & (F_SEAL_SHRINK | F_SEAL_GROW)) != (F_SEAL_SHRINK | F_SEAL_GROW)) {
            throw new IOException(link + " could still be resized (seals 0x" + Integer.toHexString(seals)
                    + "); expected F_SEAL_SHRINK and F_SEAL_GROW: it was not made by this library");
        }
        long actual = Files.size(file.path());
        if (actual != size) {
            throw new IOException(link + " has " + actual + " bytes; expected " + size);
        }
    }

    @Override
    protected void closeHandles() {
        if (file != null) {
            file.close();
        }
    }

    @Override
    protected void closeMapping(boolean unused) {
        if (unused) {
            mapping.unmap();
        }
    }
}
