package io.github.sqlvdi.conformance;

import io.github.sqlvdi.internal.engine.host.HostProbe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/** Child processes with the {@link Surroundings} of the embedded VDI, each started when it is first asked for. */
final class EmbeddedSurroundings implements AutoCloseable {

    private static final String VARIABLE = "_VIRTUAL_SERVER_NAME_";

    private final Map<Surroundings, HalfProcess> processes = new EnumMap<>(Surroundings.class);
    private Path unsafe;

    ClientHalf newClient(Surroundings surroundings) {
        return processes.computeIfAbsent(surroundings, this::start).make(ClientHalf.class);
    }

    private HalfProcess start(Surroundings surroundings) {
        return switch (surroundings) {
            case OTHER_INSTANCE -> HalfProcess.start(Map.of(VARIABLE, Surroundings.INSTANCE));
            case ILL_FORMED_INSTANCE -> HalfProcess.start(Map.of(VARIABLE, "1 a"));
            case UNSAFE -> HalfProcess.start(Map.of(), "-Dio.github.sqlvdi.directory=" + unsafeDirectory());
        };
    }

    /** Everybody may write into it. */
    private Path unsafeDirectory() {
        try {
            unsafe = Files.createTempDirectory("sqlvdi-unsafe").resolve("sets");
            HostProbe.current().createOpenToAll(unsafe);
            return unsafe;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        processes.values().forEach(HalfProcess::close);
        try {
            if (unsafe != null) {
                Files.delete(unsafe);
                Files.delete(unsafe.getParent());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
