package io.github.sqlvdi.benchmarks.ipc;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.channels.FileChannel;
import java.util.Locale;

/**
 * The pipe between the producer's standard output and the consumer's standard input. On Linux it is as large as an
 * ordinary user may make it.
 */
final class PipeTransport implements Transport {

    private static final int STANDARD_OUTPUT = 1;
    private static final int F_SETPIPE_SZ = 1031;
    private static final int PIPE_BYTES = 1 << 20;

    @Override
    public void produce(TransferPlan plan) throws IOException {
        if (System.getProperty("os.name").equals("Linux")) {
            enlarge();
        }
        plan.placement().take(1);
        try (FileChannel output = new FileOutputStream(FileDescriptor.out).getChannel()) {
            ChannelPump.produce(Buffers.own(plan.size()).asByteBuffer(), output);
        }
    }

    @Override
    public void consume(TransferPlan plan, Runnable ready, Meter meter) throws IOException {
        ready.run();
        plan.placement().take(0);
        try (FileChannel input = new FileInputStream(FileDescriptor.in).getChannel()) {
            ChannelPump.consume(Buffers.own(plan.size()).asByteBuffer(), input, meter);
        }
    }

    /** Enlarges the pipe by {@code int fcntl(int fd, int command, ...)}. */
    @SuppressWarnings("restricted")
    private static void enlarge() throws IOException {
        Linker linker = Linker.nativeLinker();
        MethodHandle fcntl = linker.downcallHandle(linker.defaultLookup().find("fcntl").orElseThrow(),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_INT),
                Linker.Option.firstVariadicArg(2));
        int size;
        try {
            size = (int) fcntl.invokeExact(STANDARD_OUTPUT, F_SETPIPE_SZ, PIPE_BYTES);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable t) {
            throw new AssertionError("a downcall threw a checked exception", t);
        }
        if (size < PIPE_BYTES) {
            throw new IOException(String.format(Locale.ROOT, "the pipe cannot be made %,d bytes large", PIPE_BYTES));
        }
    }
}
