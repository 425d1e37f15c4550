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
     * Calls an exported function that calls the slot, because JNA cannot call a slot of a vtable.
     *
     * @param device the interface pointer
     * @param pCmd the command block
     * @param completionCode as in CompleteCommand
     * @param bytesTransferred as in CompleteCommand
     * @param position as in CompleteCommand
     * @return the result of the method
     */
    public static native int sqlvdi_complete(
            long device, long pCmd, int completionCode, int bytesTransferred, long position);
}
