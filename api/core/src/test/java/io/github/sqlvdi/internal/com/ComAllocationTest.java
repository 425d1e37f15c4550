package io.github.sqlvdi.internal.com;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.github.sqlvdi.internal.memory.Memory;
import io.github.sqlvdi.testing.Patience;
import java.lang.foreign.Arena;
import java.lang.management.ManagementFactory;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The calls of each command, in both directions, allocate nothing once they are compiled. */
class ComAllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int CALLS = 50_000;
    private static final long PATIENCE_NANOS = Patience.LONG.toNanos();

    private static volatile long seen;

    private record Path(String name, IntConsumer call) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static final class Server implements IServerVirtualDevice {
        @Override
        public int sendCommand(long pCmd) {
            seen = pCmd;
            return 0;
        }

        @Override
        public int closeDevice() {
            return 0;
        }
    }

    private static final class Client implements IClientVirtualDevice {
        @Override
        public int getCommand(int dwTimeOut, long ppCmd) {
            Memory.ALL.set(JAVA_LONG_UNALIGNED, ppCmd, dwTimeOut);
            return 0;
        }

        @Override
        public int completeCommand(long pCmd, int dwCompletionCode, int dwBytesTransferred, long dwlPosition) {
            seen = dwlPosition;
            return 0;
        }
    }

    /** The calls of one command, in both directions. */
    static Stream<Path> paths() {
        Runnable nothing = () -> {
        };
        long out = Arena.global().allocate(8, 8).address();
        ClientVirtualDeviceCalls client = new ClientVirtualDeviceCalls(ComObjects.export(new Client(), nothing));
        ServerVirtualDeviceCalls server = new ServerVirtualDeviceCalls(ComObjects.export(new Server(), nothing));
        long routine = Callback.stub(pCmd -> seen = pCmd);
        return Stream.of(new Path("GetCommand", i -> client.getCommand(i, out)),
                new Path("CompleteCommand", i -> client.completeCommand(i, 0, i, i)),
                new Path("SendCommand", server::sendCommand), new Path("callback", i -> Callback.invoke(routine, i)),
                new Path("AddRef and Release", i -> {
                    client.addRef();
                    client.release();
                }));
    }

    @ParameterizedTest
    @MethodSource("paths")
    void steadyStateAllocatesNothing(Path path) {
        assertEquals(0, steadyState(path), "bytes in " + CALLS + " calls");
    }

    /** Rounds are repeated because the JIT compiler does not report its end; a path that allocates does so in every round. */
    private static long steadyState(Path path) {
        long start = System.nanoTime();
        long allocated = allocated(path.call());
        while (allocated != 0 && System.nanoTime() - start < PATIENCE_NANOS) {
            allocated = allocated(path.call());
        }
        return allocated;
    }

    /** Prints the bytes of each path, for {@link ComAllocationIT}: a line a path. */
    public static void main(String... arguments) {
        paths().forEach(path -> System.out.println(path + ": " + steadyState(path)));
    }

    @Test
    void allocationOfEvenOneObjectIsSeen() {
        Object[] kept = new Object[1];
        assertTrue(allocated(i -> {
            if (i == CALLS / 2) {
                kept[0] = new byte[16];
            }
        }) > 0);
    }

    private static long allocated(IntConsumer call) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < CALLS; i++) {
            call.accept(i);
        }
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
