package io.github.sqlvdi.samples.cli;

import io.github.sqlvdi.Features;
import io.github.sqlvdi.storage.Age;
import io.github.sqlvdi.stream.BackupTarget;
import io.github.sqlvdi.stream.JobDevice;
import io.github.sqlvdi.stream.MediaCapacity;
import io.github.sqlvdi.stream.MediaFiles;
import io.github.sqlvdi.stream.Pipeline;
import io.github.sqlvdi.stream.TargetFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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
    /** More than any format needs to be recognized. */
    private static final int HEAD = 64;

    private final int features;

    DeviceClass(int features) {
        this.features = features;
    }

    /** {@return the features to request} */
    int features(boolean removable) {
        return removable ? features | Features.REMOVABLE : features;
    }

    /** Makes a device that writes a backup; {@code mediumSize} is null for media without a limit. */
    JobDevice writing(Path file, ByteSize mediumSize, boolean force, Optional<Pipeline> pipeline) {
        MediaCapacity capacity = mediumSize == null ? MediaCapacity.unlimited() : MediaCapacity.of(mediumSize.bytes());
        return switch (this) {
            case PIPE -> pipe(file, force, pipeline);
            case TAPE -> JobDevice.tape(media(file, MAX_MEDIA, force), capacity);
            case DISK -> JobDevice.disk(media(file, mediumSize == null ? 1 : MAX_MEDIA, force), capacity);
        };
    }

    private static JobDevice pipe(Path file, boolean force, Optional<Pipeline> pipeline) {
        if (StandardStreams.isStandard(file)) {
            return pipeline.isPresent() ? JobDevice.toChannel(StandardStreams.output(), pipeline.get())
                    : JobDevice.toChannel(StandardStreams.output());
        }
        BackupTarget target = file instanceof StorePath place ? place.target(force)
                : force ? TargetFile.replace(file) : TargetFile.create(file);
        return pipeline.isPresent() ? JobDevice.toTarget(target, pipeline.get()) : JobDevice.toTarget(target);
    }

    private static MediaFiles media(Path first, int limit, boolean force) {
        return force ? MediaFiles.replacing(first, limit) : MediaFiles.writing(first, limit);
    }

    /** {@return a device that reads a backup; only a pipe-like one decodes it} */
    JobDevice reading(Path file, Optional<Pipeline> pipeline) {
        return switch (this) {
            case PIPE -> StoredPaths.of(file, pipeline).device();
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

    /** {@return whether the files of a backup have to be decoded, as far as their beginning shows it} */
    static boolean isEncoded(Path file) throws IOException {
        if (StorePath.isStore(file) || !Files.isRegularFile(file)) {
            return false;
        }
        try (Pipeline readers = DecodingOptions.readers(Age.withoutKeys()).build();
                FileChannel channel = FileChannel.open(file)) {
            ByteBuffer head = ByteBuffer.allocate(HEAD);
            while (head.hasRemaining() && channel.read(head) >= 0) {
                // reads the beginning
            }
            head.flip();
            return readers.codecs().stream().anyMatch(codec -> codec.recognizes(head));
        } catch (FileSystemException named) {
            throw named;
        } catch (IOException unreadable) {
            FileSystemException named = new FileSystemException(file.toString(), null, unreadable.getMessage());
            named.initCause(unreadable);
            throw named;
        }
    }

    /** {@return the bytes of the files that hold a backup; empty if one of them is not a regular file} */
    OptionalLong mediaSize(Path first) throws IOException {
        if (StorePath.isStore(first)) {
            return OptionalLong.empty();
        }
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
        if (this != PIPE && files.stream().anyMatch(StorePath::isStore)) {
            throw new ParameterException(spec.commandLine(),
                    "A place in a store needs --class pipe: a tape or disk has positions, which an object has not.");
        }
        if (this != PIPE && files.stream().anyMatch(StandardStreams::isStandard)) {
            throw new ParameterException(spec.commandLine(),
                    "'-' needs --class pipe: a tape or disk has positions, which a standard stream has not.");
        }
    }
}
