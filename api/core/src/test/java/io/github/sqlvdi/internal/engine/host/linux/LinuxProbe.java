package io.github.sqlvdi.internal.engine.host.linux;

import io.github.sqlvdi.internal.engine.host.HostProbe;
import io.github.sqlvdi.internal.engine.host.RawMember;
import io.github.sqlvdi.internal.engine.host.RegionKey;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Looks into /proc. */
public final class LinuxProbe implements HostProbe {

    private static final String REGION = "/memfd:sqlvdi";
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    @Override
    public Path directory() throws IOException {
        return PrivateDirectory.require();
    }

    @Override
    public UUID identity(String set) throws IOException {
        return RecordFile.read(FolderName.of(directory(), "", set)).identity();
    }

    @Override
    public String address(String set, int slot) throws IOException {
        return FolderName.of(directory(), "", set).resolve(slot + ".socket").toString();
    }

    @Override
    public RawMember connect(String address) throws IOException {
        Path socket = Path.of(address);
        return SocketMember.connect(socket.getParent(), socket.getFileName().toString());
    }

    @Override
    public boolean isBrokenConnection(IOException e) {
        return e.getMessage().contains("Broken pipe") || e.getMessage().contains("reset");
    }

    @Override
    public void createOpenToAll(Path directory) throws IOException {
        Files.createDirectory(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    @Override
    public List<String> mappings() throws IOException {
        List<String> found = new ArrayList<>();
        Files.readAllLines(Path.of("/proc/self/maps")).stream().filter(l -> l.contains(REGION)).forEach(found::add);
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(DESCRIPTORS)) {
            for (Path entry : entries) {
                if (target(entry).startsWith(REGION)) {
                    found.add(entry.toString());
                }
            }
        }
        return found;
    }

    @Override
    public List<String> openFiles(Path below) throws IOException {
        List<String> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(DESCRIPTORS)) {
            for (Path entry : entries) {
                String target = target(entry);
                if (target.startsWith(below.toString())) {
                    found.add(target);
                }
            }
        }
        return found;
    }

    private static String target(Path descriptor) throws IOException {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (NoSuchFileException e) {
            return "closed since"; // the one through which the directory itself was listed, for example
        }
    }

    @Override
    public boolean leavesFolders() {
        return true;
    }

    /** Does what only the seals prevent. */
    @Override
    public boolean tryToResize(RegionKey key) throws IOException {
        Path path = Path.of("/proc/" + key.process() + "/fd/" + key.handle());
        int file = LinuxCalls.open(path.toString(), LinuxCalls.O_RDWR | LinuxCalls.O_CLOEXEC);
        try (OpenFile open = OpenFile.ofDescriptor(file)) {
            return LinuxCalls.ftruncate(open.descriptor(), 0) == 0
                    || LinuxCalls.ftruncate(open.descriptor(), 1 << 30) == 0;
        }
    }

    @Override
    public void awaitSleepers(long word, int count) throws IOException {
        KernelCalls.awaitFutexWaiters(word, count);
    }
}
