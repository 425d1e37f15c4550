package io.github.sqlvdi.internal.engine.host.windows;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.github.sqlvdi.internal.engine.host.HostProbe;
import io.github.sqlvdi.internal.engine.host.RawMember;
import io.github.sqlvdi.internal.engine.host.RegionKey;
import io.github.sqlvdi.internal.engine.host.members.SetHash;
import io.github.sqlvdi.internal.engine.host.members.SetRecord;
import io.github.sqlvdi.internal.memory.Native;
import io.github.sqlvdi.internal.memory.WideStrings;
import io.github.sqlvdi.testing.Patience;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** Looks into the private directory and at the stacks of the threads. */
public final class WindowsProbe implements HostProbe {

    private static final int CONNECT_TRIES = 10_000;
    private static final int DACL = 4;

    @Override
    public Path directory() throws IOException {
        return PrivateDirectory.require();
    }

    @Override
    public UUID identity(String set) throws IOException {
        Path file = directory().resolve(SetHash.of("", set) + ".set");
        return SetRecord.parse(LockedFile.read(file, SetRecord.MAX_BYTES)).identity();
    }

    @Override
    public String address(String set, int slot) throws IOException {
        return new MemberFiles(directory(), identity(set)).pipeOf(slot);
    }

    /** A file cannot be told to wait for an instance of the pipe that is free. */
    @Override
    public RawMember connect(String address) throws IOException {
        FileNotFoundException busy = null;
        for (int i = 0; i < CONNECT_TRIES; i++) {
            try {
                return new PipeMember(new RandomAccessFile(address, "rw"));
            } catch (FileNotFoundException e) {
                busy = e;
                PipeCalls.waitPipe(address, 1);
            }
        }
        throw busy;
    }

    /** The texts of Windows are in its language, those of Wine are not there at all: any failure may be this one. */
    @Override
    public boolean isBrokenConnection(IOException e) {
        return true;
    }

    /** Changed once it is made: Wine holds what is made with rights for all against the umask. */
    @Override
    public void createOpenToAll(Path directory) throws IOException {
        Files.createDirectory(directory);
        MethodHandle function = Native.downcall(Kernel32.library("advapi32"), "SetFileSecurityW",
                FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_LONG), LastError.CAPTURE);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = LastError.allocate(arena);
            long everybody = UserOnly.attributes("D:P(A;OICI;GA;;;WD)").get(JAVA_LONG, UserOnly.DESCRIPTOR_OFFSET);
            if ((int) function.invokeExact(state, WideStrings.allocate(arena, LongPath.of(directory)), DACL,
                    everybody) == 0) {
                throw LastError.failed("SetFileSecurity of " + directory, LastError.of(state));
            }
        } catch (Throwable e) {
            throw LastError.rethrow(e);
        }
    }

    @Override
    public List<String> mappings() {
        return Arrays.stream(MappedRegions.all()).map(WindowsRegion::toString).toList();
    }

    /** Windows does not tell; a file still open is still there, and that is asked about. */
    @Override
    public List<String> openFiles(Path below) {
        return List.of();
    }

    @Override
    public boolean leavesFolders() {
        return false;
    }

    /** A mapped file cannot be made shorter; longer it can, which harms nobody: the mappings keep their size. */
    @Override
    public boolean tryToResize(RegionKey key) throws IOException {
        Path path = directory().resolve(WindowsRegion.name(key) + ".region");
        try (FileChannel file = LockedFile.open(path)) {
            file.truncate(0);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void awaitSleepers(long word, int count) {
        long start = System.nanoTime();
        while (sleepers() < count) {
            if (System.nanoTime() - start > Patience.LONG.toNanos()) {
                throw new AssertionError("no " + count + " threads wait for an event within 20 s");
            }
            Thread.onSpinWait();
        }
    }

    private static long sleepers() {
        return Thread.getAllStackTraces().values().stream().filter(stack -> Arrays.stream(stack)
                .anyMatch(frame -> frame.getMethodName().equals("waitForSingleObject"))).count();
    }
}
