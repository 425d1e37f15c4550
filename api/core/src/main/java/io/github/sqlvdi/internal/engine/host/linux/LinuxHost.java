package io.github.sqlvdi.internal.engine.host.linux;

import io.github.sqlvdi.internal.engine.host.Host;
import io.github.sqlvdi.internal.engine.host.RegionKey;
import io.github.sqlvdi.internal.engine.host.SetNames;
import io.github.sqlvdi.internal.engine.host.SharedRegion;
import java.io.IOException;
import java.util.List;
import java.util.UUID;

/** The host on Linux: memory files, the futex, folders and sockets. */
public final class LinuxHost implements Host {

    static final System.Logger LOG = System.getLogger("io.github.sqlvdi.host");

    private static final List<String> PROCESSORS = List.of("amd64", "aarch64");
    private static final LinuxHost INSTANCE = new LinuxHost();

    private final LinuxSetNames names = new LinuxSetNames();

    private LinuxHost() {}

    /**
     * {@return the one instance}
     *
     * @throws UnsupportedOperationException if the system call numbers of this processor are not known here
     */
    public static LinuxHost instance() {
        requireProcessor(System.getProperty("os.arch", ""));
        return INSTANCE;
    }

    /** Each processor has its own system call numbers: a wrong number would make another call. */
    static void requireProcessor(String name) {
        if (!PROCESSORS.contains(name)) {
            throw new UnsupportedOperationException("The embedded VDI calls the Linux kernel by numbers that it knows "
                    + "for the processors " + PROCESSORS + ", not for \"" + name + "\"");
        }
    }

    @Override
    public SharedRegion createRegion(UUID set, long bytes) throws IOException {
        return LinuxRegion.create(set, bytes);
    }

    @Override
    public SharedRegion openRegion(RegionKey key, long bytes) throws IOException {
        return LinuxRegion.open(key, bytes);
    }

    @Override
    public void waitOn(long wordAddress, int expected, long nanos) {
        Futex.waitOn(wordAddress, expected, nanos);
    }

    @Override
    public void wakeAll(long wordAddress) {
        Futex.wakeAll(wordAddress);
    }

    @Override
    public SetNames names() {
        return names;
    }

    @Override
    public long availableMemory() {
        return AvailableMemory.bytes();
    }
}
