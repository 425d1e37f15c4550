package io.github.sqlvdi.peers;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * Folders of compiled code in {@code target/native-peers}. A folder's name has a hash of the sources and options that it is
 * made of, so that it is built once for all JVMs that run tests, one after the other or side by side.
 */
final class NativeCache {

    static final Path OUTPUT = Path.of("target/native-peers").toAbsolutePath();

    /** Writes what belongs into a folder. */
    interface Build {

        /**
         * Compiles.
         *
         * @param folder an empty folder; it gets another name afterwards
         */
        void into(Path folder) throws IOException;
    }

    private NativeCache() {
    }

    /**
     * Returns a folder, built now if it is not there.
     *
     * @param name the beginning of its name
     * @param sources files and folders whose content decides, headers among them
     * @param options what else decides
     * @param build writes the content of the folder
     */
    static synchronized Path folder(String name, List<Path> sources, List<String> options, Build build)
            throws IOException {
        Path folder = OUTPUT.resolve(name + "-" + hash(sources, options));
        Files.createDirectories(OUTPUT);
        try (FileChannel channel = FileChannel.open(OUTPUT.resolve("lock"), StandardOpenOption.CREATE,
                StandardOpenOption.WRITE); FileLock lock = channel.lock()) {
            if (!Files.exists(folder) && lock.isValid()) {
                Path made = Files.createTempDirectory(OUTPUT, "build");
                build.into(made);
                Files.move(made, folder, StandardCopyOption.ATOMIC_MOVE);
            }
        }
        return folder;
    }

    private static String hash(List<Path> sources, List<String> options) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(options.toString().getBytes(StandardCharsets.UTF_8));
            for (Path source : sources) {
                try (Stream<Path> files = Files.walk(source)) {
                    for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                        digest.update(file.toString().getBytes(StandardCharsets.UTF_8));
                        digest.update(Files.readAllBytes(file));
                    }
                }
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
