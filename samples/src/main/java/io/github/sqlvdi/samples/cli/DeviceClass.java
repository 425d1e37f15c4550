package io.github.sqlvdi.samples.cli;

import io.github.sqlvdi.Features;
import io.github.sqlvdi.stream.JobDevice;
import io.github.sqlvdi.stream.MediaCapacity;
import io.github.sqlvdi.stream.MediaFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The class of the devices (VDI reference 9) and the files behind them. */
enum DeviceClass {
    /** A stream without positions: the file has the bytes of the backup and nothing else. */
    PIPE(Features.LIKE_PIPE),
    /** Filemarks and positions; media can be changed. */
    TAPE(Features.LIKE_TAPE),
    /** Positions; media can be changed when their size is limited. */
    DISK(Features.LIKE_DISK);

    private static final int MAX_MEDIA = 9_999;

    private final int features;

    DeviceClass(int features) {
        this.features = features;
    }

    /** {@return the features to request} */
    int features(boolean removable) {
        return removable ? features | Features.REMOVABLE : features;
    }

    /** Makes a device that writes a backup; {@code mediumSize} is null for media without a limit. */
    JobDevice writing(Path file, ByteSize mediumSize, boolean force) {
        MediaCapacity capacity = mediumSize == null ? MediaCapacity.unlimited() : MediaCapacity.of(mediumSize.bytes());
        return switch (this) {
            case PIPE -> StandardStreams.isStandard(file)
                    ? JobDevice.toChannel(StandardStreams.output())
                    : force ? JobDevice.replacingFile(file) : JobDevice.toFile(file);
            case TAPE -> JobDevice.tape(media(file, MAX_MEDIA, force), capacity);
            case DISK -> JobDevice.disk(media(file, mediumSize == null ? 1 : MAX_MEDIA, force), capacity);
        };
    }

    private static MediaFiles media(Path first, int limit, boolean force) {
        return force ? MediaFiles.replacing(first, limit) : MediaFiles.writing(first, limit);
    }

    /** {@return a device that reads a backup} */
    JobDevice reading(Path file) {
        return switch (this) {
            case PIPE -> StandardStreams.isStandard(file)
                    ? JobDevice.fromChannel(StandardStreams.input())
                    : JobDevice.fromFile(file);
            case TAPE -> JobDevice.tape(MediaFiles.reading(file), MediaCapacity.unlimited());
            case DISK -> JobDevice.disk(MediaFiles.reading(file), MediaCapacity.unlimited());
        };
    }

    /**
     * {@return the files that hold a backup: those of its manifest, or without a manifest the first medium and the
     * media beside it}
     */
    List<Path> media(Path first) {
        if (this == PIPE) {
            return List.of(first);
        }
        return MediaFiles.reading(first).files();
    }

    /** {@return the bytes of the files that hold a backup; empty if one of them is not a regular file} */
    OptionalLong mediaSize(Path first) throws IOException {
        long size = 0;
        for (Path file : media(first)) {
            if (!Files.isRegularFile(file)) {
                return OptionalLong.empty();
            }
            size += Files.size(file);
        }
        return OptionalLong.of(size);
    }

    /**
     * Checks that {@code -} is given at most once, and only for {@link #PIPE}: media of the other classes have
     * positions.
     */
    void requireNoStandardStream(CommandSpec spec, List<Path> files) {
        StandardStreams.requireOnce(spec, files);
        if (this != PIPE && files.stream().anyMatch(StandardStreams::isStandard)) {
            throw new ParameterException(spec.commandLine(),
                    "'-' needs --class pipe: a tape or disk has positions, which a standard stream has not.");
        }
    }
}
