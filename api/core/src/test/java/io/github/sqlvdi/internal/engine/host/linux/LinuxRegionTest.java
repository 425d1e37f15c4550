package io.github.sqlvdi.internal.engine.host.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.sqlvdi.internal.engine.Hosts;
import io.github.sqlvdi.internal.engine.host.Host;
import io.github.sqlvdi.internal.engine.host.Keys;
import io.github.sqlvdi.internal.engine.host.NothingRemains;
import io.github.sqlvdi.internal.engine.host.RegionKey;
import io.github.sqlvdi.internal.engine.host.SharedRegion;
import io.github.sqlvdi.testing.Patience;
import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;

@EnabledOnOs(OS.LINUX)
class LinuxRegionTest {

    private static final long BYTES = 100_001;
    /** An emulator that keeps a record for each mapped page, as qemu does, would need gigabytes for a terabyte. */
    private static final long SPARSE_BYTES = Long.getLong("sqlvdi.sparse.bytes", 1L << 40);

    @RegisterExtension
    final NothingRemains clean = new NothingRemains();

    private final Host host = Hosts.current();

    @Test
    void regionIsSparseUntilWritten() throws IOException {
        try (SharedRegion region = host.createRegion(Keys.SET, SPARSE_BYTES)) {
            region.memory().set(JAVA_LONG, SPARSE_BYTES - 8, 42);
            assertEquals(42, region.memory().get(JAVA_LONG, SPARSE_BYTES - 8));
        }
    }

    @Test
    void nobodyCanChangeTheSize() throws IOException {
        try (SharedRegion region = host.createRegion(Keys.SET, BYTES);
                FileChannel file = FileChannel.open(path(region.key()), StandardOpenOption.WRITE)) {
            assertThrows(IOException.class, () -> file.truncate(1));
            assertTrue(LinuxCalls.ftruncate((int) region.key().handle(), 1 << 20) < 0);
            region.memory().set(JAVA_INT, 65_536, 1);
        }
    }

    @Test
    void fileIsNoRegion() throws IOException {
        Path file = clean.directory().resolveSibling("file");
        Files.write(file, new byte[65_536]);
        try (OpenFile open = OpenFile.open(file, LinuxCalls.O_RDWR)) {
            RegionKey key = new RegionKey(ProcessHandle.current().pid(), open.descriptor(), Keys.SET);
            IOException e = assertThrows(IOException.class, () -> host.openRegion(key, BYTES));
            assertTrue(e.getMessage().contains("no shared region"), e.getMessage());
        }
    }

    @Test
    void memoryFileThatCanBeTruncatedIsNoRegion() throws IOException {
        try (OpenFile open = OpenFile.ofDescriptor(LinuxCalls.memfdCreate("sqlvdi-" + Keys.SET,
                LinuxCalls.MFD_CLOEXEC | LinuxCalls.MFD_ALLOW_SEALING))) {
            assertEquals(0, LinuxCalls.ftruncate(open.descriptor(), 131_072));
            RegionKey key = new RegionKey(ProcessHandle.current().pid(), open.descriptor(), Keys.SET);
            IOException e = assertThrows(IOException.class, () -> host.openRegion(key, BYTES));
            assertTrue(e.getMessage().contains("F_SEAL_SHRINK"), e.getMessage());
        }
    }

    @Test
    void closeWaitsForNativeCallsThatUseTheMemory() throws Exception {
        List<String> before = new LinuxProbe().mappings();
        SharedRegion region = host.createRegion(Keys.SET, BYTES);
        region.memory().set(JAVA_LONG, 8, TimeUnit.MILLISECONDS.toNanos(300));
        MethodHandle nanosleep = nanosleep();
        CompletableFuture<Integer> result = CompletableFuture.supplyAsync(() -> {
            try {
                return (int) nanosleep.invokeExact(region.memory(), MemorySegment.NULL);
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            }
        });
        KernelCalls.awaitSleeper();
        region.close();
        assertEquals(0, result.get(Patience.SECONDS, TimeUnit.SECONDS), "the memory was there until the call returned");
        assertEquals(before, new LinuxProbe().mappings());
    }

    @Test
    void childMadeByForkGetsNoMapping() throws IOException {
        assumeTrue(System.getProperty("sqlvdi.emulator") == null, "the emulator does not pass on MADV_DONTFORK");
        try (SharedRegion region = host.createRegion(Keys.SET, BYTES)) {
            String start = Long.toHexString(region.memory().address()) + "-";
            List<String> lines = Files.readAllLines(Path.of("/proc/self/smaps"));
            int at = 0;
            while (!lines.get(at).startsWith(start)) {
                at++;
            }
            while (!lines.get(at).startsWith("VmFlags:")) {
                at++;
            }
            assertTrue(List.of(lines.get(at).split(" ")).contains("dc"),
                    "not marked \"do not copy\": " + lines.get(at));
        }
    }

    @Test
    void regionOfAnotherSetIsRefused() throws IOException {
        try (SharedRegion region = host.createRegion(Keys.SET, BYTES)) {
            RegionKey other = new RegionKey(region.key().process(), region.key().handle(), new UUID(8, 15));
            IOException e = assertThrows(IOException.class, () -> host.openRegion(other, BYTES));
            assertTrue(e.getMessage().contains("no shared region of this set"), e.getMessage());
        }
    }

    @SuppressWarnings("restricted")
    private static MethodHandle nanosleep() {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().find("nanosleep").orElseThrow(),
                FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));
    }

    private static Path path(RegionKey key) {
        return Path.of("/proc/" + key.process() + "/fd/" + key.handle());
    }
}
