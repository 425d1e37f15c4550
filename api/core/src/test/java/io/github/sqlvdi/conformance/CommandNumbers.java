package io.github.sqlvdi.conformance;

/** The command numbers of VDI reference 5.2, written down a second time on purpose (see {@link Code}). */
final class CommandNumbers {

    static final int READ = 1;
    static final int WRITE = 2;
    static final int CLEAR_ERROR = 3;
    static final int SKIP_MARKS = 6;
    static final int SET_POSITION = 10;
    static final int FLUSH = 12;
    static final int COMPLETE = 19;

    /** In the order of their numbers, which begin with 1. */
    private static final String[] NAMES = {"Read", "Write", "ClearError", "Rewind", "WriteMark", "SkipMarks",
        "SkipBlocks", "Load", "GetPosition", "SetPosition", "Discard", "Flush", "Snapshot", "MountSnapshot",
        "PrepareToFreeze", "FileInfoBegin", "FileInfoEnd", "GetError", "Complete"};

    static final int LAST = NAMES.length;

    private CommandNumbers() {
    }

    static String name(int command) {
        return "VDC_" + NAMES[command - 1];
    }

    static boolean hasBuffer(int command) {
        return command == READ || command == WRITE;
    }
}
