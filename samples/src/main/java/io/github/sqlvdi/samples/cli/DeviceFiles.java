package io.github.sqlvdi.samples.cli;

import io.github.sqlvdi.VdiConfig;
import io.github.sqlvdi.stream.NameTemplate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Checks the files of a command line before any work begins: one for each device, readable or writable. */
final class DeviceFiles {

    private static final int MAX_LINKS = 40;

    private DeviceFiles() {
    }

    /** Checks a number of devices and returns it. */
    static int requireCount(CommandSpec spec, int devices) {
        if (devices < 1 || devices > VdiConfig.MAX_DEVICES) {
            throw new ParameterException(spec.commandLine(),
                    String.format(Locale.ROOT, "%d devices: expected 1 to %d, the most that a device set has.", devices,
                            VdiConfig.MAX_DEVICES));
        }
        return devices;
    }

    /** {@return the files of the devices; if {@code devices} is null, there is one device for each file} */
    static List<Path> forDevices(CommandSpec spec, List<Path> files, Integer devices) {
        int count = requireCount(spec, devices == null ? files.size() : devices);
        if (files.size() == 1) {
            Path only = files.getFirst();
            NameTemplate template = new NameTemplate(String.valueOf(only.getFileName()));
            if (template.hasDevice()) {
                return template.names("{database}", Instant.now(), count).stream().map(only::resolveSibling).toList();
            }
        }
        if (files.size() == 1 && count > 1) {
            Path only = files.getFirst();
            return IntStream.rangeClosed(1, count)
                    .mapToObj(device -> only.resolveSibling(only.getFileName() + "." + device)).toList();
        }
        requireOneEach(spec, "backup files", files, count);
        return files;
    }

    /** Checks that there are as many files as devices. */
    static void requireOneEach(CommandSpec spec, String what, List<?> files, int devices) {
        if (files.size() != devices) {
            throw new ParameterException(spec.commandLine(),
                    String.format(Locale.ROOT, "%d device%s, but %d %s: expected one for each.", devices,
                            devices == 1 ? "" : "s", files.size(), what));
        }
    }

    /** Checks the files that will be read. */
    static void requireReadable(List<Path> files) throws FailedException {
        for (Path file : files) {
            if (StandardStreams.isStandard(file) || StorePath.isStore(file)) {
                continue;
            }
            if (Files.isDirectory(file)) {
                throw new FailedException(file + ": is a folder, expected a file.");
            }
            if (!Files.exists(file)) {
                throw new FailedException(file + ": no such file. Check the name.");
            }
            if (!Files.isReadable(file)) {
                throw new FailedException(file + ": may not be read. Check its permissions.");
            }
        }
    }

    /**
     * Checks the files that will be written. They must be different files and none of {@code inputs}; an existing file
     * needs {@code force}. The operating system decides whether two names are the same file.
     */
    static void requireWritable(List<Path> files, List<Path> inputs, boolean force) throws FailedException {
        Set<Object> taken = new HashSet<>();
        inputs.stream().filter(input -> !StandardStreams.isStandard(input)).map(DeviceFiles::identity)
                .forEach(taken::add);
        for (Path file : files) {
            if (StandardStreams.isStandard(file)) {
                continue;
            }
            if (StorePath.isStore(file)) { // the store is asked before the statement begins
                if (!taken.add(file)) {
                    throw new FailedException(
                            file + ": is named twice. Give each device and each input a place of its own.");
                }
                continue;
            }
            boolean special = Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file);
            if (!special && !taken.add(identity(file))) {
                throw new FailedException(
                        file + ": is named twice. Give each device and each input a file of its own.");
            }
            if (Files.isDirectory(file)) {
                throw new FailedException(file + ": is a folder, expected the name of a file.");
            }
            if (Files.exists(file) && !special && !force) {
                throw new FailedException(file + ": exists already. Choose another name, or replace it with --force.");
            }
            Path place = behindLinks(file);
            requireFolder(file, place);
            requireLegalName(place);
        }
    }

    /** Checks that no other file has the name of a later medium of a file: {@code FILE.2}, {@code FILE.3} ... */
    static void requireFreeMedia(List<Path> files, List<Path> inputs) throws FailedException {
        List<Path> named = new ArrayList<>(files);
        named.addAll(inputs);
        for (Path file : files) {
            Path first = behindLinks(file);
            Pattern medium = Pattern.compile(Pattern.quote(first.getFileName().toString()) + "\\.[0-9]+");
            for (Path other : named) {
                Path place = behindLinks(other);
                if (Objects.equals(place.getParent(), first.getParent())
                        && medium.matcher(place.getFileName().toString()).matches()) {
                    throw new FailedException(other + ": would be a medium of " + file
                            + ". Choose another name for one of them.");
                }
            }
        }
    }

    /**
     * {@return the identity of a file: its key in the operating system or its real path; for a file that does not
     * exist, its folder and name}
     */
    private static Object identity(Path file) {
        if (StorePath.isStore(file)) {
            return file;
        }
        try {
            Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
            return key != null ? key : file.toRealPath();
        } catch (IOException missing) {
            return behindLinks(file);
        }
    }

    /** {@return the path of a file after its symbolic links; the file need not exist yet} */
    private static Path behindLinks(Path file) {
        Path place = file.toAbsolutePath();
        try {
            for (int links = 0; links < MAX_LINKS && Files.isSymbolicLink(place); links++) {
                place = place.resolveSibling(Files.readSymbolicLink(place));
            }
            Path folder = place.getParent();
            return folder == null ? place : folder.toRealPath().resolve(place.getFileName());
        } catch (IOException withoutFolder) {
            return place.normalize();
        }
    }

    /**
     * Checks that the system accepts the name. It refuses some names only when they are used, which would be after the
     * backup.
     */
    private static void requireLegalName(Path file) throws FailedException {
        try {
            Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException legalAndFree) {
            return;
        } catch (IOException refused) {
            throw new FailedException(FailureWords.of(refused));
        }
    }

    /**
     * Tries whether a folder takes files. {@code Files.isWritable} may be false for a folder of a network share that
     * takes files.
     */
    private static boolean takesFiles(Path folder) {
        try {
            Files.delete(Files.createTempFile(folder, "sqlvdi-", ".tmp"));
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    private static void requireFolder(Path file, Path place) throws FailedException {
        Path folder = place.getParent();
        if (folder == null) {
            throw new FailedException(file + ": is no name of a file.");
        }
        if (!Files.exists(folder)) {
            throw new FailedException(
                    file + ": cannot be written, there is no folder " + folder + ". Create it first.");
        }
        if (!Files.isDirectory(folder)) {
            throw new FailedException(file + ": cannot be written, " + folder + " is a file and no folder.");
        }
        if (!Files.isWritable(folder) && !takesFiles(folder)) {
            throw new FailedException(file + ": cannot be written, no file may be created in " + folder + ".");
        }
    }
}
