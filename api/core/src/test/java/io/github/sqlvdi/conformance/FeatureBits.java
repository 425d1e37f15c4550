package io.github.sqlvdi.conformance;

/** The feature bits of VDI reference 5.1, written down a second time on purpose (see {@link Code}). */
final class FeatureBits {

    static final int LIKE_PIPE = 0;
    static final int REMOVABLE = 0x1;
    static final int REWIND = 0x2;
    static final int POSITION = 0x10;
    static final int SKIP_BLOCKS = 0x20;
    static final int REVERSE_POSITION = 0x40;
    static final int DISCARD = 0x80;
    static final int FILE_MARKS = 0x100;
    static final int RANDOM_ACCESS = 0x200;
    static final int SNAPSHOT_PREPARE = 0x400;
    static final int ENUM_FROZEN_FILES = 0x800;
    static final int VSS_WRITER = 0x1000;
    static final int REQUEST_COMPLETE = 0x2000;
    static final int WRITE_MEDIA = 0x10000;
    static final int READ_MEDIA = 0x20000;
    static final int COMPLETE_ENABLED = 0x40000;
    static final int LATCH_STATS = 0x80000000;
    static final int LIKE_TAPE = 0x173;
    static final int LIKE_DISK = 0x200;

    private FeatureBits() {
    }
}
