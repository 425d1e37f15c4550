package io.github.sqlvdi.benchmarks.baseline;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;

/** CompleteCommand called by JNA's direct mapping, its fastest way, with pointers as {@code long}. */
public final class JnaDirect {

    static {
        Native.register(JnaDirect.class, NativeLibrary.getInstance(NativeFiles.library().toString()));
    }

    private JnaDirect() {
    }

    /**
     * Calls an exported function that calls the slot: JNA knows no slots.
     *
     * @param device the interface pointer
     * @param pCmd the command block
     * @param completionCode as in CompleteCommand
     * @param bytesTransferred as in CompleteCommand
     * @param position as in CompleteCommand
     * @return what the method returned
     */
    public static native int sqlvdi_complete(
            long device, long pCmd, int completionCode, int bytesTransferred, long position);
}
