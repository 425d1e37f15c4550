package io.github.sqlvdi.samples.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The data of the emulated database, one stream for each device, from files or generated. {@link #open()} may be called
 * more than once.
 */
final class DataStreams implements AutoCloseable {

    private static final long SEED = 0x5EED;

    private final List<Path> files;
    private final List<Long> sizes;
    private final List<ReadableByteChannel> opened = new ArrayList<>();

    private DataStreams(List<Path> files, List<Long> sizes) {
        this.files = files;
        this.sizes = sizes;
    }

    static DataStreams ofFiles(List<Path> files) throws IOException {
        List<Long> sizes = new ArrayList<>();
        for (Path file : files) {
            sizes.add(Files.isRegularFile(file) ? Files.size(file) : -1);
        }
        return new DataStreams(files, sizes);
    }

    /** Spreads {@code total} bytes over the devices as evenly as possible. */
    static DataStreams generated(long total, int devices) {
        List<Long> sizes = new ArrayList<>();
        for (int device = 0; device < devices; device++) {
            sizes.add(total / devices + (device < total % devices ? 1 : 0));
        }
        return new DataStreams(List.of(), sizes);
    }

    /**
     * Makes the data of a demonstration: the given files, or {@code size} of generated data if {@code files} is null.
     * If {@code devices} is null, there is one device for each file, or 2 for generated data.
     */
    static DataStreams of(CommandSpec spec, List<Path> files, ByteSize size, Integer devices)
            throws FailedException, IOException {
        if (files == null) {
            return generated(size.bytes(), DeviceFiles.requireCount(spec, devices == null ? 2 : devices));
        }
        DeviceFiles.requireOneEach(spec, "--files", files,
                DeviceFiles.requireCount(spec, devices == null ? files.size() : devices));
        DeviceFiles.requireReadable(files);
        return ofFiles(files);
    }

    int count() {
        return sizes.size();
    }

    /** {@return the bytes of all streams, or -1 if one of them is not a regular file} */
    long totalSize() {
        return sizes.contains(-1L) ? -1 : sizes.stream().mapToLong(Long::longValue).sum();
    }

    /** Opens the streams at their beginnings. This object closes them. */
    List<ReadableByteChannel> open() throws IOException {
        List<ReadableByteChannel> streams = new ArrayList<>();
        for (int device = 0; device < sizes.size(); device++) {
            ReadableByteChannel stream = files.isEmpty()
                    ? new GeneratedData(SEED, device, sizes.get(device))
                    : StandardStreams.isStandard(files.get(device))
                            ? StandardStreams.input()
                            : FileChannel.open(files.get(device));
            opened.add(stream);
            streams.add(stream);
        }
        return streams;
    }

    @Override
    public void close() throws IOException {
        for (ReadableByteChannel stream : opened) {
            stream.close();
        }
    }
}
