package io.github.sqlvdi.internal.engine.host.linux;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.testing.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class JoinedFolderTest {

    @TempDir
    private Path directory;
    private Path folder;
    private JoinedFolder joined;

    @BeforeEach
    void join() throws IOException {
        folder = directory.resolve("0123456789abcdef0123456789abcdef");
        PrivateDirectory.createFolder(folder);
        joined = new JoinedFolder(OpenFile.openFolder(folder), folder);
    }

    @Test
    void folderOfALivePrimaryStays() throws IOException {
        OpenFile primary = locked();
        try (primary) {
            joined.leave(false);
            assertTrue(Files.exists(folder));
        }
    }

    @Test
    void folderIsRemovedThoughThePrimarysLockOutlivesItsConnections() throws Exception {
        FutureTask<Void> left;
        OpenFile primary = locked();
        try (primary) {
            Thread leaving = Thread.ofPlatform().unstarted(left = new FutureTask<>(() -> {
                joined.leave(true);
                return null;
            }));
            leaving.start();
            while (leaving.getState() != Thread.State.TIMED_WAITING) { // it has found the lock taken
                assertTrue(leaving.isAlive(), "left before the lock was free");
                Thread.onSpinWait();
            }
        }
        left.get(Patience.SECONDS, TimeUnit.SECONDS);
        assertFalse(Files.exists(folder));
    }

    private OpenFile locked() throws IOException {
        OpenFile lock = OpenFile.open(folder.resolve("0.lock"), LinuxCalls.O_RDWR | LinuxCalls.O_CREAT);
        assertTrue(lock.tryLock());
        return lock;
    }
}
