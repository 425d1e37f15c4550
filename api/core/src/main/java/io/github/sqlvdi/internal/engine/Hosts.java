package io.github.sqlvdi.internal.engine;

import io.github.sqlvdi.internal.engine.host.Host;
import io.github.sqlvdi.internal.engine.host.linux.LinuxHost;
import io.github.sqlvdi.internal.engine.host.windows.WindowsHost;

/** Chooses the host of the operating system that the engine runs on. No other class makes this choice. */
public final class Hosts {

    private Hosts() {
    }

    /**
     * {@return the host of this platform}
     *
     * @throws UnsupportedOperationException if the embedded engine has no class for this platform; the message names
     *         the platform and what is missing
     */
    public static Host current() {
        String system = System.getProperty("os.name", "");
        if (system.equals("Linux")) {
            return LinuxHost.instance();
        }
        if (system.startsWith("Windows")) {
            return WindowsHost.instance();
        }
        throw new UnsupportedOperationException("The embedded VDI needs shared memory, cross-process waiting and "
                + "peer credentials of the operating system; they are implemented for Linux and Windows, not for \""
                + system + "\". Use the native provider there.");
    }
}
