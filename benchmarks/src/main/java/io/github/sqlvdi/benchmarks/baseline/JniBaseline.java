package io.github.sqlvdi.benchmarks.baseline;

/** CompleteCommand called by JNI: the C side loads vtable and slot and calls, as a hand-written binding would. */
public final class JniBaseline {

    private JniBaseline() {
    }

    /** Loads the library, once. */
    public static void load() {
        System.load(NativeFiles.library().toString());
    }

    /**
     * Calls the slot of the vtable at {@code device}.
     *
     * @param device the interface pointer
     * @param pCmd the command block
     * @param completionCode as in CompleteCommand
     * @param bytesTransferred as in CompleteCommand
     * @param position as in CompleteCommand
     * @return the result of the method
     */
    public static native int completeCommand(
            long device, long pCmd, int completionCode, int bytesTransferred, long position);
}
