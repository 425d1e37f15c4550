package io.github.sqlvdi.internal.engine.host.windows;

import io.github.sqlvdi.internal.engine.host.Host;
import io.github.sqlvdi.internal.engine.host.RegionKey;
import io.github.sqlvdi.internal.engine.host.SetNames;
import io.github.sqlvdi.internal.engine.host.SharedRegion;
import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** The host on Windows: mapped files, named events, and named pipes between the members of a set. */
public final class WindowsHost implements Host {

    static final System.Logger LOG = System.getLogger("io.github.sqlvdi.host");

    private static final WindowsHost INSTANCE = new WindowsHost();

    private final WindowsSetNames names = new WindowsSetNames();

    private WindowsHost() {}

    /** {@return the one instance} */
    public static WindowsHost instance() {
        return INSTANCE;
    }

    @Override
    public SharedRegion createRegion(UUID set, long bytes) throws IOException {
        WindowsRegion region = WindowsRegion.create(set, bytes);
        MappedRegions.add(region);
        return region;
    }

    @Override
    public SharedRegion openRegion(RegionKey key, long bytes) throws IOException {
        WindowsRegion region = WindowsRegion.open(key, bytes);
        MappedRegions.add(region);
        return region;
    }

    /** Windows counts milliseconds, so the length of a sleep is rounded down to them. */
    @Override
    public void waitOn(long wordAddress, int expected, long nanos) {
        WindowsRegion region = nanos <= 0 ? null : MappedRegions.at(wordAddress);
        if (region != null && wordAddress % Integer.BYTES == 0) {
            long millis = Math.min(TimeUnit.NANOSECONDS.toMillis(nanos), Integer.MAX_VALUE);
            region.events().waitOn(wordAddress - region.memory().address(), expected, (int) millis);
        }
    }

    @Override
    public void wakeAll(long wordAddress) {
        WindowsRegion region = MappedRegions.at(wordAddress);
        if (region != null && wordAddress % Integer.BYTES == 0) {
            region.events().wakeAll(wordAddress - region.memory().address());
        }
    }

    @Override
    public SetNames names() {
        return names;
    }

    @Override
    public long availableMemory() {
        return Kernel32.availableMemory();
    }
}
