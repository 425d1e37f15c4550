package io.github.sqlvdi.benchmarks.ipc;

import java.util.function.Supplier;

/** The ways in which data can go from one process to another. {@link #C_RING} is a program of its own. */
enum TransportKind {
    /** The library, data copied in and out with {@code MemorySegment.copy}. */
    SQLVDI("sqlvdi", () -> new VdiTransport(Copying.SEGMENT)),
    /** The library, data copied in and out with the C library's {@code memcpy}. */
    SQLVDI_MEMCPY("sqlvdi, memcpy", () -> new VdiTransport(Copying.MEMCPY)),
    /** The library, buffers handed over and not touched: the cost if data is filled and drained in place. */
    SQLVDI_NO_COPY("sqlvdi, no copy", () -> new VdiTransport(Copying.NONE)),
    /** A ring in shared memory, in C. */
    C_RING("C ring", () -> {
        throw new IllegalStateException("the C ring is a program, not a transport");
    }),
    /** A Unix-domain socket. */
    UNIX_SOCKET("Unix socket", () -> new SocketTransport(true)),
    /** TCP over the loopback interface. */
    TCP("loopback TCP", () -> new SocketTransport(false)),
    /** An anonymous pipe. */
    PIPE("pipe", PipeTransport::new),
    /** Aeron's IPC channel. */
    AERON("Aeron IPC", AeronTransport::new),
    /** The library with devices of the class of {@code --device}; the server copies data in. */
    OWN_DEVICE("own device", () -> new VdiTransport(Copying.SEGMENT));

    private final String label;
    private final Supplier<Transport> factory;

    TransportKind(String label, Supplier<Transport> factory) {
        this.label = label;
        this.factory = factory;
    }

    String label() {
        return label;
    }

    Transport open() {
        return factory.get();
    }

    /** {@return whether this is the library; only these transports have devices} */
    boolean isVdi() {
        return this == SQLVDI || this == SQLVDI_MEMCPY || this == SQLVDI_NO_COPY || this == OWN_DEVICE;
    }
}
