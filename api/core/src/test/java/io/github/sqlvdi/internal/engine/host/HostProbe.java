package io.github.sqlvdi.internal.engine.host;

import io.github.sqlvdi.internal.engine.host.linux.LinuxProbe;
import io.github.sqlvdi.internal.engine.host.windows.WindowsProbe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/** What the tests need of a platform behind the back of its host. */
public interface HostProbe {

    /** Returns the probe of this platform. */
    static HostProbe current() {
        return System.getProperty("os.name").startsWith("Windows") ? new WindowsProbe() : new LinuxProbe();
    }

    /** Returns the private directory. */
    Path directory() throws IOException;

    /** Returns the identity of a live set of the default instance. */
    UUID identity(String set) throws IOException;

    /** Returns where a member of a live set of the default instance listens. */
    String address(String set, int slot) throws IOException;

    /** Connects to a member. */
    RawMember connect(String address) throws IOException;

    /** Whether this is how using a connection fails whose other end has closed it. */
    boolean isBrokenConnection(IOException e);

    /** Returns what says that this process has regions mapped or open. */
    List<String> mappings() throws IOException;

    /** Returns what this process has open below a folder, as far as the platform tells. */
    List<String> openFiles(Path below) throws IOException;

    /** Whether killed processes leave folders that are swept later. */
    boolean leavesFolders();

    /** Tries to make another process's region shorter, and longer; returns whether either went. */
    boolean tryToResize(RegionKey key) throws IOException;

    /** Makes a directory that every user of the machine may write into. */
    void createOpenToAll(Path directory) throws IOException;

    /** Waits until so many threads of this process sleep on a word. */
    void awaitSleepers(long word, int count) throws IOException;
}
