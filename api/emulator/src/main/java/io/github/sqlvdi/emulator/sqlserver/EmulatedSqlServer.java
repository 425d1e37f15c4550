package io.github.sqlvdi.emulator.sqlserver;

import io.github.sqlvdi.emulator.internal.catalog.Catalog;
import io.github.sqlvdi.emulator.internal.catalog.Database;
import io.github.sqlvdi.emulator.internal.catalog.ServerIdentity;
import io.github.sqlvdi.emulator.internal.catalog.Sessions;
import io.github.sqlvdi.emulator.internal.session.ServerSettings;
import io.github.sqlvdi.emulator.internal.session.TdsServer;
import io.github.sqlvdi.emulator.internal.statements.Faults;
import io.github.sqlvdi.emulator.internal.wire.ServerCertificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * An SQL Server for tests. It speaks TDS 7.0 to 8.0, so SQL clients of any kind connect to it, and answers the statements
 * and queries that backup programs use. It is no database: it keeps no tables and no rows.
 *
 * {@snippet :
 * try (EmulatedSqlServer server = EmulatedSqlServer.builder().database("sales", 64 << 20).start();
 *         Connection connection = DriverManager.getConnection(server.jdbcUrl())) {
 *     connection.createStatement().execute("SELECT name FROM sys.databases");
 * }
 * }
 *
 * <p><b>Threads.</b> All methods may be called from any thread. Each connection has a thread of its own; all are daemons.
 */
public final class EmulatedSqlServer implements AutoCloseable {

    /** The login that a server has when no other was given. */
    public static final String DEFAULT_USER = "sa";
    /** The password of that login. */
    public static final String DEFAULT_PASSWORD = "Emulated#1";

    private final Builder parts;
    private final ExecutedTexts executed = new ExecutedTexts();
    private final ServerCertificate certificate;
    private final Catalog catalog;
    private final Faults faults = new Faults(this::killSoon);
    private final TdsServer server;

    private EmulatedSqlServer(Builder parts, ServerCertificate certificate) throws IOException {
        this.parts = parts;
        this.certificate = certificate;
        catalog = new Catalog(ServerIdentity.of(parts.majorVersion), parts.disks);
        Map<String, String> logins = new HashMap<>();
        parts.logins.forEach((user, password) -> logins.put(user.toLowerCase(Locale.ROOT), password));
        try {
            fillCatalog();
            server = new TdsServer(new ServerSettings(catalog, new Sessions(), parts.encryption.wire(), certificate,
                    logins, parts.loginTimeout, parts.maxConnections, executed::add, faults), parts.address);
        } catch (IOException | RuntimeException failure) {
            catalog.close();
            throw failure;
        }
    }

    /** Adds the databases that the folder does not have. */
    private void fillCatalog() throws IOException {
        if (parts.folder != null) {
            catalog.keepIn(parts.folder);
        }
        for (Map.Entry<String, Long> each : parts.databases.entrySet()) {
            if (catalog.find(each.getKey()).isEmpty()) {
                catalog.change(all -> {
                    Database database = all.add(each.getKey(), each.getValue());
                    parts.dataFiles.getOrDefault(each.getKey(), List.of()).forEach(
                            file -> database.addFile(file.logicalName(), file.filegroup(), file.size()));
                    return database;
                });
            }
        }
        for (Map.Entry<String, List<List<Path>>> recorded : parts.recorded.entrySet()) {
            RecordedDatabase.add(catalog, recorded.getKey(), recorded.getValue());
        }
    }

    /** {@return a builder: a server on a free port of the loopback address} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return the TCP port} */
    public int port() {
        return server.port();
    }

    /** {@return the address to connect to} */
    public String host() {
        InetAddress address = parts.address.getAddress();
        return address.isAnyLocalAddress() || address.isLoopbackAddress() ? "localhost" : address.getHostAddress();
    }

    /**
     * The URL for Microsoft's JDBC driver, with a login, and without a check of the certificate.
     *
     * @return for example {@code jdbc:sqlserver://localhost:1433;user=sa;password=...}
     */
    public String jdbcUrl() {
        String user = parts.logins.keySet().iterator().next();
        String encrypt =
                parts.encryption == Encryption.NONE ? "encrypt=false" : "encrypt=true;trustServerCertificate=true";
        return String.format(Locale.ROOT, "jdbc:sqlserver://%s:%d;user=%s;password={%s};%s", host(), port(), user,
                parts.logins.get(user).replace("}", "}}"), encrypt);
    }

    /** {@return the server's certificate as PEM text, for clients that check it; empty without encryption} */
    public String certificatePem() {
        return certificate == null ? "" : certificate.pem();
    }

    /**
     * Writes a trust store with the server's certificate.
     *
     * @param file the PKCS12 file to write
     * @param password its password
     * @throws IOException if it cannot be written
     * @throws IllegalStateException if the server has no certificate
     */
    public void writeTrustStore(Path file, char[] password) throws IOException {
        if (certificate == null) {
            throw new IllegalStateException("A server without encryption has no certificate");
        }
        try (var out = Files.newOutputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry("server", certificate.certificate());
            store.store(out, password);
        } catch (GeneralSecurityException failure) {
            throw new IOException("The trust store cannot be made: " + failure.getMessage(), failure);
        }
    }

    /** {@return the batches and calls that clients sent, oldest first; the last 10,000} */
    public List<ExecutedText> executed() {
        return executed.list();
    }

    /**
     * Orders a fault for the next BACKUP or RESTORE. Several faults wait in their order.
     *
     * @param fault the fault
     */
    public void inject(ServerFault fault) {
        faults.add(fault.fault());
    }

    /** Takes back the faults that wait. */
    public void clearFaults() {
        faults.clear();
    }

    /**
     * The streams that a database was restored from since its last full restore.
     *
     * @param database the database
     * @return the streams in their order; empty for a database that was not restored, or does not exist
     */
    public List<RestoredBackup> restored(String database) {
        return catalog.locked(all -> all.find(database).map(found -> found.restored.stream()
                .map(each -> new RestoredBackup(each.type(), each.device(), each.length(), each.sha256())).toList())
                .orElse(List.of()));
    }

    /**
     * The state of a database, as sys.databases names it.
     *
     * @param database the database
     * @return for example ONLINE or RESTORING; empty if there is no such database
     */
    public Optional<String> state(String database) {
        return catalog.locked(all -> all.find(database).map(found -> found.state.name()));
    }

    /** {@return how many connections are open} */
    public int connections() {
        return server.connections();
    }

    /** Ends the server from a thread of its own: the statement that orders it must end too. */
    private void killSoon() {
        Thread.ofPlatform().daemon().name("sqlvdi-tds-kill").start(this::close);
    }

    /** Ends every connection without a word, as a server that is killed does. New connections are accepted. */
    public void dropConnections() {
        server.dropConnections();
    }

    /** Ends the server. Statements that run are cancelled. Does nothing when it is called again. */
    @Override
    public void close() {
        try {
            server.close();
            catalog.close();
        } catch (IOException failure) {
            throw new UncheckedIOException("The server's port or folder cannot be closed", failure);
        }
    }

    /** Collects what a server has. Not safe for several threads at once. */
    public static final class Builder {

        private static final Duration LOGIN_TIMEOUT = Duration.ofSeconds(15);
        private static final int MAX_CONNECTIONS = 1_000;

        private InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        private Encryption encryption = Encryption.OPTIONAL;
        private Path keyStore;
        private char[] keyStorePassword;
        private final Map<String, String> logins = new LinkedHashMap<>();
        private final Map<String, Long> databases = new LinkedHashMap<>();
        private final Map<String, List<DataFile>> dataFiles = new LinkedHashMap<>();
        private final Map<String, List<List<Path>>> recorded = new LinkedHashMap<>();
        private Path disks;
        private Path folder;
        private int majorVersion = ServerIdentity.SQL_SERVER_2022;
        private Duration loginTimeout = LOGIN_TIMEOUT;
        private int maxConnections = MAX_CONNECTIONS;

        private Builder() {
        }

        /**
         * Sets the port on the loopback address; 0, the default, takes a free one.
         *
         * @param port 0 to 65,535
         * @return this
         */
        public Builder port(int port) {
            address = new InetSocketAddress(address.getAddress(), port);
            return this;
        }

        /**
         * Sets the address to listen on. Any other than loopback opens the server to the network.
         *
         * @param chosen the address and port
         * @return this
         */
        public Builder address(InetSocketAddress chosen) {
            address = Objects.requireNonNull(chosen, "chosen");
            return this;
        }

        /**
         * Sets the encryption; the default is {@link Encryption#OPTIONAL}.
         *
         * @param chosen the encryption
         * @return this
         */
        public Builder encryption(Encryption chosen) {
            encryption = Objects.requireNonNull(chosen, "chosen");
            return this;
        }

        /**
         * Takes the certificate from a key store. By default a self-signed one for {@code localhost} is made.
         *
         * @param file a PKCS12 or JKS key store
         * @param password of the store and of its key
         * @return this
         */
        public Builder keyStore(Path file, char[] password) {
            keyStore = Objects.requireNonNull(file, "file");
            keyStorePassword = password.clone();
            return this;
        }

        /**
         * Adds a login. The first one replaces the default login.
         *
         * @param user the name
         * @param password the password
         * @return this
         */
        public Builder login(String user, String password) {
            logins.put(Objects.requireNonNull(user, "user"), Objects.requireNonNull(password, "password"));
            return this;
        }

        /**
         * Adds a database.
         *
         * @param name the name
         * @param size bytes of its data, rounded up to extents of 64 KB; at least 8 MB and at most 8 TB are made
         * @return this
         * @throws IllegalArgumentException if the name is that of a system database, or the size is below 1
         */
        public Builder database(String name, long size) {
            if (size < 1) {
                throw new IllegalArgumentException(String.format(Locale.ROOT,
                        "The size of database %s is %d: expected at least 1 byte", name, size));
            }
            if (List.of("master", "tempdb", "model", "msdb").contains(name.toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException(
                        String.format(Locale.ROOT, "Every server has the database %s: expected another name", name));
            }
            databases.put(name, size);
            return this;
        }

        /**
         * Adds a data file to a database, for backups of files and filegroups.
         *
         * @param database the name of a database that was added
         * @param logicalName the logical name of the file, another one than those of the other files
         * @param filegroup the filegroup; {@code PRIMARY} is that of the first file
         * @param size bytes, rounded as for {@link #database}
         * @return this
         * @throws IllegalArgumentException if there is no such database, or it has such a file, or the size is below 1
         */
        public Builder dataFile(String database, String logicalName, String filegroup, long size) {
            if (!databases.containsKey(database)) {
                throw new IllegalArgumentException(String.format(Locale.ROOT,
                        "File %s is added to database %s: expected database(\"%s\", size) before it", logicalName,
                        database, database));
            }
            List<DataFile> files = dataFiles.computeIfAbsent(database, name -> new ArrayList<>());
            if (size < 1 || logicalName.equalsIgnoreCase(database) || logicalName.equalsIgnoreCase(database + "_log")
                    || files.stream().anyMatch(file -> file.logicalName().equalsIgnoreCase(logicalName))) {
                throw new IllegalArgumentException(String.format(Locale.ROOT,
                        "File %s of %d bytes is added to database %s: expected a new name and at least 1 byte",
                        logicalName, size, database));
            }
            files.add(new DataFile(logicalName, Objects.requireNonNull(filegroup, "filegroup"), size));
            return this;
        }

        private record DataFile(String logicalName, String filegroup, long size) {
        }

        /**
         * Adds a recorded backup of a database. Each BACKUP writes the next recording of its kind, the last one again and
         * again; the statement must have as many devices as the recording has stripes.
         *
         * @param database the database, which needs at least a full backup
         * @param stripes the streams, one file for each device
         * @return this
         * @throws IllegalArgumentException if there is no stripe
         */
        public Builder recordedBackup(String database, Path... stripes) {
            if (stripes.length == 0) {
                throw new IllegalArgumentException(
                        String.format(Locale.ROOT,
                                "The recorded backup of database %s has no stripe: expected at least one", database));
            }
            recorded.computeIfAbsent(database, name -> new ArrayList<>()).add(List.of(stripes));
            return this;
        }

        /**
         * Lets BACKUP and RESTORE use DISK. The files are below one folder: the drive and the first separator of a name are
         * left out, so {@code C:\backup\sales.bak} and {@code /backup/sales.bak} are {@code backup/sales.bak} in it.
         * Without a folder DISK gets message 3201.
         *
         * @param folder an existing folder
         * @return this
         */
        public Builder disks(Path folder) {
            disks = Objects.requireNonNull(folder, "folder");
            return this;
        }

        /**
         * Keeps the catalog in a folder: databases with their recorded streams and states, log chains, and the history of
         * msdb. A server that is started with the folder again goes on where the last one ended, also when its process was
         * killed: each statement that changes the catalog is in the folder when it succeeds. Databases of this builder that
         * the folder has already stay as they are in the folder. Logins, faults and the files of DISK are not kept in it.
         *
         * @param catalogFolder a folder for this purpose only; made if it is missing. One server uses it at a time
         * @return this
         */
        public Builder folder(Path catalogFolder) {
            folder = Objects.requireNonNull(catalogFolder, "catalogFolder");
            return this;
        }

        /**
         * Sets the major version that the server has; the default is 16, SQL Server 2022. Result sets have the columns of
         * that version.
         *
         * @param major 10 (2008) to 17 (2025)
         * @return this
         * @throws IllegalArgumentException if it is another number
         */
        public Builder majorVersion(int major) {
            if (major < 10 || major > 17) {
                throw new IllegalArgumentException(
                        String.format(Locale.ROOT, "majorVersion is %d: expected 10 (2008) to 17 (2025)", major));
            }
            majorVersion = major;
            return this;
        }

        /**
         * Sets how long a client may take to log in; the default is 15 seconds.
         *
         * @param limit a positive duration
         * @return this
         */
        public Builder loginTimeout(Duration limit) {
            loginTimeout = Objects.requireNonNull(limit, "limit");
            return this;
        }

        /**
         * Sets how many connections there may be at once; the default is 1,000.
         *
         * @param limit at least 1
         * @return this
         */
        public Builder maxConnections(int limit) {
            if (limit < 1) {
                throw new IllegalArgumentException(
                        String.format(Locale.ROOT, "maxConnections is %d: expected at least 1", limit));
            }
            maxConnections = limit;
            return this;
        }

        /**
         * Starts the server.
         *
         * @return the server, which accepts connections
         * @throws IOException if the port cannot be used, the key store cannot be read, or the folder of the catalog cannot
         *     be used: another server uses it, or one of its files is damaged
         */
        public EmulatedSqlServer start() throws IOException {
            if (logins.isEmpty()) {
                logins.put(DEFAULT_USER, DEFAULT_PASSWORD);
            }
            ServerCertificate certificate = encryption == Encryption.NONE ? null
                    : keyStore == null ? ServerCertificate.generated()
                            : ServerCertificate.of(keyStore, keyStorePassword);
            return new EmulatedSqlServer(this, certificate);
        }
    }
}
