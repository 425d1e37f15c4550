package io.github.sqlvdi.storage.store;

import io.github.sqlvdi.stream.BackupSource;
import io.github.sqlvdi.stream.BackupTarget;
import io.github.sqlvdi.stream.JobDevice;
import io.github.sqlvdi.stream.NameTemplate;
import io.github.sqlvdi.stream.Pipeline;
import io.github.sqlvdi.stream.StoredStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The stores of a program, found by the names of backups and opened when they are needed. Each store is opened once for each
 * scheme and set of parameters.
 *
 * <pre>{@code
 * try (Stores stores = new Stores()) {
 *     DeviceJob.backup("nightly")
 *             .device(stores.writing("s3://backups/sales-1.bak", WriteOptions.NEW))
 *             .device(stores.writing("s3://backups/sales-2.bak", WriteOptions.NEW))
 *             .statement(statement).build().run().orThrow();
 * }
 * }</pre>
 *
 * <p>Close it after the last job. Any number of threads may use an object.
 */
public final class Stores implements Closeable {

    private static final String MANIFEST = ".manifest";

    private final Map<Key, Store> open = new HashMap<>();
    private boolean closed;

    private record Key(String scheme, Map<String, String> parameters) {
    }

    /** Opens no store yet. */
    public Stores() {
    }

    /**
     * Returns the store of a place.
     *
     * @param place the place
     * @return the store, which this object closes
     * @throws IOException if it cannot be opened
     * @throws IllegalArgumentException if no store has this scheme, or the parameters are wrong
     * @throws IllegalStateException if this object was closed
     */
    public synchronized Store of(StoreLocation place) throws IOException {
        if (closed) {
            throw new IllegalStateException("The stores were closed: close them after the last job");
        }
        Key key = new Key(place.scheme(), place.parameters());
        Store store = open.get(key);
        if (store == null) {
            store = open(place);
            open.put(key, store);
        }
        return store;
    }

    private static Store open(StoreLocation place) throws IOException {
        TreeSet<String> known = new TreeSet<>(List.of(StoreLocation.FILE));
        if (place.isFile()) {
            return new FileStore();
        }
        if (place.isStandardStream()) {
            return new StandardStreams();
        }
        for (StoreProvider provider : ServiceLoader.load(StoreProvider.class, Stores.class.getClassLoader())) {
            known.addAll(provider.schemes());
            if (provider.schemes().contains(place.scheme())) {
                return provider.open(place.scheme(), place.parameters());
            }
        }
        throw new IllegalArgumentException(String.format(Locale.ROOT,
                "%s: there is no store for \"%s\". Known are %s", place, place.scheme(), known));
    }

    /**
     * Makes a target.
     *
     * @param name the place, see {@link StoreLocation}
     * @param options how it is written
     * @return the target
     * @throws IOException if the store cannot be opened
     * @throws IllegalArgumentException if the name is wrong
     */
    public BackupTarget target(String name, WriteOptions options) throws IOException {
        StoreLocation place = StoreLocation.parse(name);
        return of(place).target(place, options);
    }

    /**
     * Makes a source.
     *
     * @param name the place, see {@link StoreLocation}
     * @return the source
     * @throws IOException if the store cannot be opened
     * @throws IllegalArgumentException if the name is wrong
     */
    public BackupSource source(String name) throws IOException {
        StoreLocation place = StoreLocation.parse(name);
        return of(place).source(place);
    }

    /**
     * Makes a pipe-like device that writes.
     *
     * @param name the place, see {@link StoreLocation}
     * @param options how it is written
     * @return the device
     * @throws IOException if the store cannot be opened
     * @throws IllegalArgumentException if the name is wrong
     */
    public JobDevice writing(String name, WriteOptions options) throws IOException {
        return JobDevice.toTarget(target(name, options));
    }

    /**
     * Makes a pipe-like device that reads.
     *
     * @param name the place, see {@link StoreLocation}
     * @return the device
     * @throws IOException if the store cannot be opened
     * @throws IllegalArgumentException if the name is wrong
     */
    public JobDevice reading(String name) throws IOException {
        StoreLocation place = StoreLocation.parse(name);
        return place.isFile() ? JobDevice.fromFile(place.file()) : JobDevice.fromSource(of(place).source(place));
    }

    /**
     * Makes a pipe-like device that writes through a pipeline.
     *
     * @param name the place, see {@link StoreLocation}
     * @param options how it is written
     * @param pipeline the codecs and their workers; the caller closes it after the job
     * @return the device
     * @throws IOException if the store cannot be opened
     * @throws IllegalArgumentException if the name is wrong
     */
    public JobDevice writing(String name, WriteOptions options, Pipeline pipeline) throws IOException {
        return JobDevice.toTarget(target(name, options), pipeline);
    }

    /**
     * Makes a pipe-like device that reads through a pipeline. The content shows which codecs it needs.
     *
     * @param name the place, see {@link StoreLocation}
     * @param pipeline the codecs and their workers; the caller closes it after the job
     * @return the device
     * @throws IOException if the store cannot be opened
     * @throws IllegalArgumentException if the name is wrong
     */
    public JobDevice reading(String name, Pipeline pipeline) throws IOException {
        StoreLocation place = StoreLocation.parse(name);
        return place.isFile() ? JobDevice.fromFile(place.file(), pipeline)
                : JobDevice.fromSource(of(place).source(place), pipeline);
    }

    /**
     * Makes devices for {@code ManyBackups.to} of {@code io.github.sqlvdi.jdbc}.
     *
     * @param template the names, see {@link NameTemplate}, such as <code>s3://backups/{database}-{stripe}.bak</code>
     * @param count devices of each database, at least 1
     * @param options how they are written
     * @return makes the devices of a database. It throws an {@link UncheckedIOException} if a store cannot be opened
     * @throws IllegalArgumentException if the template would give two devices the same place
     */
    public Function<String, List<JobDevice>> writingEach(String template, int count, WriteOptions options) {
        NameTemplate names = new NameTemplate(template).requireDifferentNames(count);
        return database -> {
            List<JobDevice> devices = new ArrayList<>();
            try {
                for (String name : names.names(database, Instant.now(), count)) {
                    devices.add(writing(name, options));
                }
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
            return devices;
        };
    }

    /**
     * Lists content, manifests included.
     *
     * @param prefix the beginning of its names
     * @return the content in the order of its names
     * @throws IOException if it cannot be listed
     */
    public List<StoredObject> list(String prefix) throws IOException {
        StoreLocation place = StoreLocation.parse(prefix);
        return of(place).list(place);
    }

    /**
     * Returns whether content is the manifest of a backup, from its name.
     *
     * @param place a place that was listed
     * @return whether its name ends like that of a manifest
     */
    public static boolean isManifest(StoreLocation place) {
        return place.path().endsWith(MANIFEST);
    }

    /**
     * Chooses the backups that their servers have called good: those with a manifest beside them.
     *
     * @param listed what {@link #list} returned
     * @return the backups without their manifests, in the same order
     */
    public static List<StoredObject> withManifest(List<StoredObject> listed) {
        Set<StoreLocation> all = listed.stream().map(StoredObject::location).collect(Collectors.toSet());
        return listed.stream().filter(it -> !isManifest(it.location())
                && all.contains(it.location().withPath(it.location().path() + MANIFEST))).toList();
    }

    /**
     * Makes a stream that a restore looks into before it begins, see {@link StoredStream}.
     *
     * @param place where it is
     * @return the stream, plain; this object must stay open as long as it is used
     * @throws IOException if the store cannot be opened
     */
    public StoredStream stored(StoreLocation place) throws IOException {
        if (place.isFile()) {
            return StoredStream.of(place.file());
        }
        Store store = of(place);
        return place.isStandardStream() ? StoredStream.once(store.source(place))
                : StoredStream.of(place.toString(), () -> store.source(place));
    }

    /**
     * Makes a stream that a restore looks into before it begins, see {@link StoredStream}.
     *
     * @param name the place, see {@link StoreLocation}
     * @return the stream, plain; this object must stay open as long as it is used
     * @throws IOException if the store cannot be opened
     * @throws IllegalArgumentException if the name is wrong
     */
    public StoredStream stored(String name) throws IOException {
        return stored(StoreLocation.parse(name));
    }

    /**
     * Lists the backups of a folder or prefix that their servers have called good, for a restore that finds out which of
     * them it needs.
     *
     * <pre>{@code
     * server.restoreChain("sales2").add(BackupSetFiles.group(stores.backups("s3://backups/sales/"))).run();
     * }</pre>
     *
     * @param prefix the beginning of their names; for files a folder
     * @return the streams, plain, in the order of their names; this object must stay open as long as they are used
     * @throws IOException if they cannot be listed
     * @throws IllegalArgumentException if the name is wrong
     */
    public List<StoredStream> backups(String prefix) throws IOException {
        List<StoredStream> streams = new ArrayList<>();
        for (StoredObject backup : withManifest(list(prefix))) {
            streams.add(stored(backup.location()));
        }
        return streams;
    }

    /**
     * Deletes content. It is no error if there is none.
     *
     * @param name the place
     * @throws IOException if it could not be deleted
     */
    public void delete(String name) throws IOException {
        StoreLocation place = StoreLocation.parse(name);
        of(place).delete(place);
    }

    /**
     * Removes what killed backups left, see {@link Store#cleanUp}.
     *
     * @param prefix the beginning of the names
     * @param olderThan how long nothing was added
     * @return descriptions of what was removed
     * @throws IOException if something could not be removed
     */
    public List<String> cleanUp(String prefix, Duration olderThan) throws IOException {
        StoreLocation place = StoreLocation.parse(prefix);
        return of(place).cleanUp(place, olderThan);
    }

    /**
     * Closes the stores that were opened.
     *
     * @throws IOException if one could not be closed; the others are closed
     */
    @Override
    public void close() throws IOException {
        List<Store> stores;
        synchronized (this) {
            closed = true;
            stores = List.copyOf(open.values());
            open.clear();
        }
        IOException first = null;
        for (Store store : stores) {
            try {
                store.close();
            } catch (IOException failure) {
                if (first == null) {
                    first = failure;
                } else {
                    first.addSuppressed(failure);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
