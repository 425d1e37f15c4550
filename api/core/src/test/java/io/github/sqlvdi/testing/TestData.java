package io.github.sqlvdi.testing;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/** Bytes, channels and names for the tests of devices, jobs and the emulator. */
public final class TestData {

    private static final AtomicInteger SETS = new AtomicInteger();

    private TestData() {
    }

    /** A name no other set of this computer has. */
    public static String setName() {
        return String.format(Locale.ROOT, "sqlvdi-test-%d-%d", ProcessHandle.current().pid(), SETS.incrementAndGet());
    }

    /** Bytes without a pattern, the same for the same seed. */
    public static byte[] bytes(int count, long seed) {
        byte[] bytes = new byte[count];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    public static ReadableByteChannel channel(byte[] bytes) {
        return Channels.newChannel(new ByteArrayInputStream(bytes));
    }

    public static WritableByteChannel channel(ByteArrayOutputStream target) {
        return Channels.newChannel(target);
    }
}
