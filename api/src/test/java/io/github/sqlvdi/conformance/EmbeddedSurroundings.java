package io.github.sqlvdi.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Child processes with the {@link Surroundings} of the embedded VDI, each started when it is first asked for. */
final class EmbeddedSurroundings implements AutoCloseable {

    private static final String VARIABLE = "_VIRTUAL_SERVER_NAME_=";

    private final Map<Surroundings, HalfProcess> processes = new EnumMap<>(Surroundings.class);
    private Path unsafe;

    ClientHalf newClient(Surroundings surroundings) {
        return processes.computeIfAbsent(surroundings, this::start).make(ClientHalf.class);
    }

    private HalfProcess start(Surroundings surroundings) {
        return switch (surroundings) {
            case OTHER_INSTANCE -> HalfProcess.start(List.of("env", VARIABLE + Surroundings.INSTANCE));
            case ILL_FORMED_INSTANCE -> HalfProcess.start(List.of("env", VARIABLE + "1 a"));
            case UNSAFE -> HalfProcess.start(List.of(), "-Dio.github.sqlvdi.directory=" + unsafeDirectory());
        };
    }

    /** Everybody may write into it. */
    private Path unsafeDirectory() {
        try {
            unsafe = Files.createTempDirectory("sqlvdi-unsafe");
            return Files.setPosixFilePermissions(unsafe, PosixFilePermissions.fromString("rwxrwxrwx"));
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
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
