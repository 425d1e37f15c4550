package io.github.sqlvdi.internal.platform.linux;

import io.github.sqlvdi.Hresults;
import io.github.sqlvdi.internal.com.IClientVirtualDevice;

/**
 * A device behind a {@code ClientVirtualDevice*}. The library made it in {@code OpenDevice} and frees it with its set,
 * so {@code release} has nothing to do (VDI reference 13.2). Allocates nothing.
 */
final class LinuxDevice implements IClientVirtualDevice {

    private final SqlVdiLibrary library;
    private final TimeoutProbe timeouts;
    private final long object;

    LinuxDevice(SqlVdiLibrary library, TimeoutProbe timeouts, long object) {
        this.library = library;
        this.timeouts = timeouts;
        this.object = object;
    }

    @Override
    public int getCommand(int dwTimeOut, long ppCmd) {
        if (ppCmd == 0) {
            return Hresults.VD_E_INVALID;
        }
        return timeouts.call(library.getCommand(), object, dwTimeOut, ppCmd);
    }

    @Override
    public int completeCommand(long pCmd, int dwCompletionCode, int dwBytesTransferred, long dwlPosition) {
        return library.completeCommand(object, pCmd, dwCompletionCode, Integer.toUnsignedLong(dwBytesTransferred),
                dwlPosition);
    }
}
