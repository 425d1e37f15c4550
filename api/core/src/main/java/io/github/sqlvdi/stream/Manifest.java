package io.github.sqlvdi.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * The text file beside the first file of each device, which lists the files of the backup; its format is in
 * docs/manifest.md. A restore reads it first.
 *
 * @param set the identifier of the backup, the same in the manifests of all its devices
 * @param deviceClass {@code pipe}, {@code tape} or {@code disk}
 * @param devices how many devices the backup has
 * @param device the number of the device of this manifest, 1 for the first
 * @param parts every file of the backup
 * @param remarks further lines for people, such as times and the server's messages
 */
record Manifest(String set, String deviceClass, int devices, int device, List<Part> parts, List<String> remarks) {

    static final String SUFFIX = ".manifest";

    private static final String TITLE = "sqlvdi backup manifest, version 1";
    private static final String SEAL = "crc32c of the lines above: ";
    private static final int MAX_BYTES = 16 << 20;
    private static final Pattern PART = Pattern.compile(
            "device ([0-9]{1,2}) medium ([0-9]{1,5}): ([0-9]{1,19}) bytes, crc32c ([0-9a-f]{8}), file (.*)");

    /**
     * A file of a backup.
     *
     * @param file the name of the file when it was written, for messages
     */
    record Part(int device, int medium, FileSeal seal, String file) {
    }

    /** Thrown for a manifest that exists but is damaged. */
    static final class DamagedManifestException extends IOException {

        private static final long serialVersionUID = 1L;

        DamagedManifestException(String manifest, String problem) {
            super(String.format(Locale.ROOT,
                    "%s is damaged: %s. Bring it back, or remove it to restore without its checks", manifest, problem));
        }
    }

    /** Returns the path of the manifest for the first file of a device. */
    static Path beside(Path first) throws IOException {
        Path file = TargetFile.followLinks(first);
        return file.resolveSibling(PartFile.within255Bytes("", file.getFileName().toString(), SUFFIX));
    }

    /**
     * Returns the number of media of a device. Empty without a manifest, or with a damaged one, which the check of a
     * restore reports.
     */
    static OptionalInt mediaCount(Path first) {
        try {
            return find(first).map(manifest -> OptionalInt.of((int) manifest.parts.stream()
                    .filter(part -> part.device == manifest.device).count())).orElse(OptionalInt.empty());
        } catch (IOException unknown) {
            return OptionalInt.empty();
        }
    }

    /** Reads the manifest of a file; empty when there is none. */
    static Optional<Manifest> find(Path first) throws IOException {
        Optional<Path> path = existing(first);
        return path.isEmpty() ? Optional.empty()
                : Optional.of(parse(path.get().toString(), read(path.get())));
    }

    /** Reads the bytes of the manifest of a file; empty when there is none. */
    static Optional<byte[]> findBytes(Path first) throws IOException {
        Optional<Path> path = existing(first);
        return path.isEmpty() ? Optional.empty() : Optional.of(read(path.get()));
    }

    private static Optional<Path> existing(Path first) {
        try {
            return Optional.of(beside(first)).filter(path -> Files.exists(path, LinkOption.NOFOLLOW_LINKS));
        } catch (IOException withoutFolder) {
            return Optional.empty();
        }
    }

    private static byte[] read(Path path) throws IOException {
        if (Files.size(path) > MAX_BYTES) {
            throw new DamagedManifestException(path.toString(),
                    String.format(Locale.ROOT, "it has more than %,d bytes", MAX_BYTES));
        }
        return Files.readAllBytes(path);
    }

    /**
     * Reads a manifest.
     *
     * @param path its name, for messages
     */
    static Manifest parse(String path, byte[] bytes) throws DamagedManifestException {
        String text = new String(bytes, StandardCharsets.UTF_8);
        int seal = text.lastIndexOf(SEAL);
        if (seal < 0 || !text.substring(seal).equals(sealOf(text.substring(0, seal)))) {
            throw new DamagedManifestException(path, "its lines do not have the checksum of its last line");
        }
        List<String> lines = text.substring(0, seal).lines().toList();
        if (lines.isEmpty() || !lines.getFirst().equals(TITLE)) {
            throw new DamagedManifestException(path, "its first line is not \"" + TITLE + "\"");
        }
        Map<String, String> values = new HashMap<>();
        List<Part> parts = new ArrayList<>();
        for (String line : lines) {
            Matcher part = PART.matcher(line);
            int colon = line.indexOf(": ");
            if (part.matches()) {
                parts.add(new Part(Integer.parseInt(part.group(1)), Integer.parseInt(part.group(2)),
                        new FileSeal(Long.parseLong(part.group(3)), Integer.parseUnsignedInt(part.group(4), 16)),
                        part.group(5)));
            } else if (colon > 0) {
                values.putIfAbsent(line.substring(0, colon), line.substring(colon + 2));
            }
        }
        try {
            return new Manifest(value(values, "backup"), value(values, "class"),
                    Integer.parseInt(value(values, "devices")), Integer.parseInt(value(values, "this file is device")),
                    List.copyOf(parts), List.of());
        } catch (IllegalArgumentException missing) {
            throw new DamagedManifestException(path, missing.getMessage());
        }
    }

    private static String value(Map<String, String> values, String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("it has no line \"" + name + "\"");
        }
        return value;
    }

    private static String sealOf(String lines) {
        CRC32C crc = new CRC32C();
        crc.update(lines.getBytes(StandardCharsets.UTF_8));
        return SEAL + String.format(Locale.ROOT, "%08x\n", (int) crc.getValue());
    }

    String text() {
        StringBuilder text = new StringBuilder(TITLE).append('\n');
        line(text, "backup", set);
        line(text, "class", deviceClass);
        line(text, "devices", Integer.toString(devices));
        line(text, "this file is device", Integer.toString(device));
        for (Part part : parts) {
            text.append(String.format(Locale.ROOT, "device %d medium %d: %d bytes, crc32c %08x, file %s\n", part.device,
                    part.medium, part.seal.size(), part.seal.crc32c(), printable(part.file)));
        }
        remarks.forEach(remark -> text.append(printable(remark)).append('\n'));
        return text.append(sealOf(text.toString())).toString();
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(name).append(": ").append(value).append('\n');
    }

    /** Escapes control characters, so that every value stays on its own line. */
    private static String printable(String value) {
        return value.codePoints().collect(StringBuilder::new,
                (line, unit) -> line.append(Character.isISOControl(unit) ? String.format(Locale.ROOT, "\\u%04x", unit)
                        : Character.toString(unit)),
                StringBuilder::append).toString();
    }

    void write(WritableByteChannel channel) throws IOException {
        ChannelTransfer.writeFully(channel, ByteBuffer.wrap(text().getBytes(StandardCharsets.UTF_8)));
    }
}
