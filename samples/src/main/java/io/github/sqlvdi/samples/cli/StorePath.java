package io.github.sqlvdi.samples.cli;

import io.github.sqlvdi.storage.store.Store;
import io.github.sqlvdi.storage.store.StoreLocation;
import io.github.sqlvdi.storage.store.StoredObject;
import io.github.sqlvdi.storage.store.Stores;
import io.github.sqlvdi.storage.store.WriteOptions;
import io.github.sqlvdi.stream.BackupSource;
import io.github.sqlvdi.stream.BackupTarget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.WatchEvent.Kind;
import java.nio.file.WatchEvent.Modifier;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A place in a store among the files of a command line, such as {@code s3://bucket/key}. It has a name, a last part of the
 * name and siblings; no file system knows it, so {@code Files} refuses it.
 */
record StorePath(StoreLocation place) implements Path {

    /** Opened when a name needs it; its threads end with the process. */
    private static final Stores STORES = new Stores();

    /** Reads a file or a place in a store. */
    static final class Converter implements ITypeConverter<Path> {

        @Override
        public Path convert(String text) {
            try {
                return of(text);
            } catch (IllegalArgumentException wrong) {
                throw new TypeConversionException(wrong.getMessage());
            }
        }
    }

    /** {@return the file or the place of a name} */
    static Path of(String text) {
        StoreLocation place = StoreLocation.parse(text);
        if (place.isStandardStream()) {
            return Path.of(text);
        }
        if (place.isFile()) {
            return place.file();
        }
        try {
            STORES.of(place); // finds wrong parameters and a missing store while the command line is read
        } catch (IOException missing) {
            throw new IllegalArgumentException(missing.getMessage(), missing);
        }
        return new StorePath(place);
    }

    static boolean isStore(Path path) {
        return path instanceof StorePath;
    }

    BackupTarget target(boolean force) {
        return store().target(place, force ? WriteOptions.REPLACING : WriteOptions.NEW);
    }

    BackupSource source() {
        return store().source(place);
    }

    /** {@return what is listed in a store or a folder, manifests included} */
    static List<StoredObject> list(Path folder) throws IOException {
        StoreLocation place = folder instanceof StorePath prefix ? prefix.place : StoreLocation.of(folder);
        return STORES.of(place).list(place);
    }

    /** {@return the path of listed content} */
    static Path of(StoreLocation place) {
        return place.isFile() ? place.file() : new StorePath(place);
    }

    /** {@return standard input as a source} */
    static BackupSource standardInput() {
        try {
            return STORES.source(StoreLocation.STANDARD_STREAM);
        } catch (IOException impossible) { // nothing is opened
            throw new UncheckedIOException(impossible);
        }
    }

    /** {@return whether a path stands for what lies below it: a folder, or a prefix that ends with a slash} */
    static boolean isFolder(Path path) {
        return path instanceof StorePath prefix
                ? prefix.place.path().isEmpty() || prefix.place.path().endsWith("/") : Files.isDirectory(path);
    }

    private Store store() {
        try {
            return STORES.of(place);
        } catch (IOException impossible) { // it is open since the command line was read
            throw new UncheckedIOException(impossible);
        }
    }

    @Override
    public String toString() {
        return place.toString();
    }

    @Override
    public Path getFileName() {
        return Path.of(place.path().substring(place.path().lastIndexOf('/') + 1));
    }

    @Override
    public Path resolveSibling(String other) {
        String folder = place.path().substring(0, place.path().lastIndexOf('/') + 1);
        return new StorePath(place.withPath(folder + other));
    }

    @Override
    public FileSystem getFileSystem() {
        return FileSystems.getDefault();
    }

    @Override
    public boolean isAbsolute() {
        return true;
    }

    @Override
    public Path toAbsolutePath() {
        return this;
    }

    @Override
    public Path normalize() {
        return this;
    }

    @Override
    public Path toRealPath(LinkOption... options) {
        return this;
    }

    @Override
    public URI toUri() {
        throw noFile();
    }

    @Override
    public Path getRoot() {
        throw noFile();
    }

    @Override
    public Path getParent() {
        throw noFile();
    }

    @Override
    public int getNameCount() {
        return 1;
    }

    @Override
    public Path getName(int index) {
        return getFileName();
    }

    @Override
    public Path subpath(int beginIndex, int endIndex) {
        throw noFile();
    }

    @Override
    public boolean startsWith(Path other) {
        return equals(other);
    }

    @Override
    public boolean endsWith(Path other) {
        return equals(other);
    }

    @Override
    public Path resolve(Path other) {
        throw noFile();
    }

    @Override
    public Path relativize(Path other) {
        throw noFile();
    }

    @Override
    public WatchKey register(WatchService watcher, Kind<?>[] events, Modifier... modifiers) {
        throw noFile();
    }

    @Override
    public int compareTo(Path other) {
        return toString().compareTo(other.toString());
    }

    private UnsupportedOperationException noFile() {
        return new UnsupportedOperationException(this + " is no file");
    }
}
