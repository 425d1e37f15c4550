package io.github.sqlvdi.stream;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Compares the files of a restore with their manifests, before the device set is created. Reports missing, swapped,
 * foreign, shortened and damaged files. If no file has a manifest, the files are not checked, and {@link #run()}
 * returns that in words.
 */
final class RestoreCheck {

    private final int devices;
    private final boolean content;
    private final List<Source> sources = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final List<String> unchecked = new ArrayList<>();

    /** A device of the restore whose content may have a manifest. */
    private record Source(int device, String deviceClass, Place place, Optional<Manifest> manifest) {

        String first() {
            return place.name(1);
        }
    }

    /** The content of a device, by media. */
    private interface Place {

        String name(int medium);

        boolean exists(int medium);

        long size(int medium) throws IOException;

        /** Returns the seal of the content; empty if the content will be compared with {@code expected} while it is read. */
        Optional<FileSeal> seal(int medium, FileSeal expected) throws IOException;
    }

    private record FilePlace(Path first) implements Place {

        private Path file(int medium) {
            return medium == 1 ? first : first.resolveSibling(first.getFileName() + "." + medium);
        }

        @Override
        public String name(int medium) {
            return file(medium).toString();
        }

        @Override
        public boolean exists(int medium) {
            return Files.exists(file(medium));
        }

        @Override
        public long size(int medium) throws IOException {
            return Files.size(file(medium));
        }

        @Override
        public Optional<FileSeal> seal(int medium, FileSeal expected) throws IOException {
            return Optional.of(FileSeal.read(file(medium)));
        }
    }

    /** The one medium of a source. It is not read a second time: the device compares it while it passes. */
    private record SourcePlace(SourceDevice device) implements Place {

        @Override
        public String name(int medium) {
            return medium == 1 ? device.source().name() : device.source().name() + "." + medium;
        }

        @Override
        public boolean exists(int medium) {
            return medium == 1;
        }

        @Override
        public long size(int medium) {
            return device.source().size();
        }

        @Override
        public Optional<FileSeal> seal(int medium, FileSeal expected) {
            device.expect(expected);
            return Optional.empty();
        }
    }

    /**
     * Makes a check of the given devices.
     *
     * @param content whether the content is compared, not only the size
     */
    RestoreCheck(List<JobDevice> devices, boolean content) throws IOException {
        this.devices = devices.size();
        this.content = content;
        for (int device = 0; device < devices.size(); device++) {
            switch (devices.get(device)) {
                case FileSource file -> add(device + 1, "pipe", file.path());
                case SourceDevice source -> add(device + 1, source);
                case MediaSet media when !media.media().isWriting() ->
                        add(device + 1, media.deviceClass(), media.media().path(1));
                default -> {
                }
            }
        }
    }

    private void add(int device, String deviceClass, Path first) throws IOException {
        if (Files.isRegularFile(first)) {
            sources.add(new Source(device, deviceClass, new FilePlace(TargetFile.followLinks(first)),
                    Manifest.find(first)));
        }
    }

    private void add(int device, SourceDevice read) throws IOException {
        if (read.source().size() < 0) { // a stream: it has no manifest
            return;
        }
        Optional<byte[]> bytes = read.source().manifest();
        Optional<Manifest> manifest = bytes.isEmpty() ? Optional.empty()
                : Optional.of(Manifest.parse(read.source().name() + Manifest.SUFFIX, bytes.get()));
        sources.add(new Source(device, "pipe", new SourcePlace(read), manifest));
    }

    /**
     * Checks all files.
     *
     * @return descriptions of the files that could not be checked
     * @throws JobException if a file does not match its manifest
     */
    List<String> run() throws IOException, JobException {
        Optional<Source> known = sources.stream().filter(source -> source.manifest.isPresent()).findFirst();
        if (known.isEmpty()) {
            sources.forEach(source -> unchecked.add(
                    String.format(Locale.ROOT, "%s has no manifest: whether it is complete and undamaged, and in its "
                            + "place among the devices, could not be checked", source.first())));
            return unchecked;
        }
        Manifest backup = known.get().manifest.get();
        if (backup.devices() != devices) {
            problems.add(String.format(Locale.ROOT, "The backup of %s has %d device%s, but the restore has %d: give %s",
                    known.get().first(),
                    backup.devices(), backup.devices() == 1 ? "" : "s", devices, names(backup)));
        }
        for (Source source : sources) {
            check(source, backup, known.get());
        }
        if (!problems.isEmpty()) {
            throw new JobException(String.join("; ", problems));
        }
        return unchecked;
    }

    private static String names(Manifest backup) {
        return String.join(", ", backup.parts().stream().filter(part -> part.medium() == 1).map(Manifest.Part::file)
                .toList());
    }

    private void check(Source source, Manifest backup, Source known) throws IOException {
        Manifest own = source.manifest.orElse(backup);
        if (!own.set().equals(backup.set())) {
            problems.add(
                    String.format(Locale.ROOT, "%s belongs to another backup than %s", source.first(), known.first()));
            return;
        }
        if (!own.deviceClass().equals(source.deviceClass)) {
            problems.add(String.format(Locale.ROOT,
                    "%s was written by a %s-like device, but the restore has a %s-like one", source.first(),
                    own.deviceClass(), source.deviceClass));
            return;
        }
        if (source.manifest.isPresent() && own.device() != source.device) {
            problems.add(String.format(Locale.ROOT,
                    "%s is device %d of its backup, but was given as device %d: give the files in their order",
                    source.first(), own.device(), source.device));
            return;
        }
        List<Manifest.Part> parts =
                own.parts().stream().filter(part -> part.device() == source.device).toList();
        for (Manifest.Part part : parts) {
            check(source.place, part, own);
        }
        if (parts.isEmpty()) {
            unchecked
                    .add(String.format(Locale.ROOT, "%s: the manifests know no device %d of the backup", source.first(),
                            source.device));
        }
    }

    private void check(Place place, Manifest.Part part, Manifest backup) throws IOException {
        String file = place.name(part.medium());
        if (!place.exists(part.medium())) {
            problems.add(String.format(Locale.ROOT, "%s is missing: it is medium %d of device %d", file, part.medium(),
                    part.device()));
            return;
        }
        long size = place.size(part.medium());
        if (size == part.seal().size() && !content) {
            return;
        }
        Optional<FileSeal> found = place.seal(part.medium(), part.seal());
        if (found.isEmpty() && size == part.seal().size()) {
            return;
        }
        FileSeal seal = found.orElse(new FileSeal(size, 0));
        if (seal.equals(part.seal())) {
            return;
        }
        Optional<Manifest.Part> other =
                backup.parts().stream().filter(it -> found.isPresent() && it.seal().equals(seal)).findFirst();
        if (other.isPresent()) {
            problems.add(String.format(Locale.ROOT,
                    "%s has the content of device %d, medium %d, in the place of device %d, medium %d: the files were ",
                    file, other.get().device(), other.get().medium(), part.device(), part.medium()) + "swapped");
        } else if (seal.size() != part.seal().size()) {
            problems.add(String.format(Locale.ROOT,
                    "%s has %,d bytes, but the backup had %,d there: it was shortened, extended or replaced", file,
                    seal.size(), part.seal().size()));
        } else {
            problems.add(String.format(Locale.ROOT, "%s is damaged: its CRC32C is %08x, but the backup had %08x there",
                    file, seal.crc32c(),
                    part.seal().crc32c()));
        }
    }
}
