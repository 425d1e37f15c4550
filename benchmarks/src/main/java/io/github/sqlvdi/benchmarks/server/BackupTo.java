package io.github.sqlvdi.benchmarks.server;

import io.github.sqlvdi.benchmarks.DeviceClass;
import io.github.sqlvdi.stream.BackupTarget;
import io.github.sqlvdi.stream.JobDevice;
import io.github.sqlvdi.stream.Pipeline;
import io.github.sqlvdi.stream.TargetFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Where the backups go. */
public sealed interface BackupTo {

    /** {@return its name in tables} */
    String label();

    /**
     * Makes the devices of one backup.
     *
     * @param count how many
     * @param pipeline what compresses before the target, if anything does
     * @return the devices
     * @throws IOException if they cannot be made
     */
    List<JobDevice> devices(int count, Optional<Pipeline> pipeline) throws IOException;

    /** {@return whether a pipeline can be put before the target} */
    default boolean takesPipelines() {
        return true;
    }

    private static JobDevice device(BackupTarget target, Optional<Pipeline> pipeline) {
        return pipeline.map(codecs -> JobDevice.toTarget(target, codecs)).orElseGet(() -> JobDevice.toTarget(target));
    }

    /**
     * Removes what the backup has written, and all that a failed one may have left.
     *
     * @throws IOException if something could not be removed
     */
    void clear() throws IOException;

    /** Nowhere: each byte passes the library's device, which reads the stream along, and is dropped. */
    record Nowhere() implements BackupTo {

        @Override
        public String label() {
            return "nowhere";
        }

        @Override
        public List<JobDevice> devices(int count, Optional<Pipeline> pipeline) {
            return IntStream.range(0, count).mapToObj(device -> BackupTo.device(new Sink(), pipeline)).toList();
        }

        @Override
        public void clear() {
        }
    }

    /**
     * New files in a folder of this program below a folder of the user, durable at the end.
     *
     * @param parent the user's folder
     * @param folder ours in it, which no other program uses
     */
    record Folder(Path parent, Path folder) implements BackupTo {

        /**
         * Makes a folder of this program.
         *
         * @param parent the user's folder
         * @return the target
         * @throws IOException if it cannot be made
         */
        public static Folder in(Path parent) throws IOException {
            return new Folder(parent, Files.createTempDirectory(parent, "sqlvdi-server-"));
        }

        @Override
        public String label() {
            return "files in " + parent;
        }

        /**
         * {@return the files of a backup, one for each device}
         *
         * @param count how many
         */
        public List<Path> files(int count) {
            return IntStream.range(0, count).mapToObj(device -> folder.resolve("stripe" + device + ".bak")).toList();
        }

        @Override
        public List<JobDevice> devices(int count, Optional<Pipeline> pipeline) {
            return files(count).stream().map(file -> BackupTo.device(TargetFile.create(file), pipeline)).toList();
        }

        @Override
        public void clear() throws IOException {
            try (Stream<Path> files = Files.walk(folder)) {
                files.filter(file -> !file.equals(folder)).sorted(Comparator.reverseOrder()).forEach(Folder::delete);
            } catch (UncheckedIOException failure) {
                throw failure.getCause();
            }
        }

        /**
         * Removes the folder of this program.
         *
         * @throws IOException if it could not be removed
         */
        public void remove() throws IOException {
            clear();
            Files.delete(folder);
        }

        private static void delete(Path file) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }

    /**
     * Devices of the user's own, which know themselves where the bytes go.
     *
     * @param type their class
     */
    record Own(DeviceClass type) implements BackupTo {

        @Override
        public String label() {
            return type.label();
        }

        @Override
        public List<JobDevice> devices(int count, Optional<Pipeline> pipeline) {
            return IntStream.range(0, count).mapToObj(device -> type.make()).toList();
        }

        @Override
        public boolean takesPipelines() {
            return false;
        }

        @Override
        public void clear() {
        }
    }

    /** Drops what it gets. */
    final class Sink implements BackupTarget, WritableByteChannel {

        private boolean open = true;

        @Override
        public void begin() {
            // needs no place
        }

        @Override
        public WritableByteChannel channel() {
            return this;
        }

        @Override
        public void finish() {
            // has nothing to make durable
        }

        @Override
        public void keep() {
            // has nothing
        }

        @Override
        public void undo() {
            // has nothing
        }

        @Override
        public int write(ByteBuffer bytes) {
            int count = bytes.remaining();
            bytes.position(bytes.limit());
            return count;
        }

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public void close() {
            open = false;
        }
    }
}
