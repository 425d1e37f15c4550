package io.github.sqlvdi.storage.s3;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.sqlvdi.testing.Looking;
import io.github.sqlvdi.testing.Patience;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** versitygw, an S3 server, over a folder of its own on loopback. */
final class Gateway implements Closeable {

    static final String KEY = "test";
    static final String SECRET = "secret-of-the-test";
    static final String BUCKET = "backups";

    private final Process process;
    private final int port;
    private final String scheme;

    private Gateway(Process process, int port, String scheme) {
        this.process = process;
        this.port = port;
        this.scheme = scheme;
    }

    /** Starts the server; skips the test where it was not built. */
    static Gateway start(Path folder) throws IOException {
        return start(folder, "http", List.of(), List.of());
    }

    /** Starts the server with a bucket that may keep versions. */
    static Gateway startVersioned(Path folder) throws IOException {
        Path versions = Files.createDirectories(folder.resolveSibling("versions"));
        return start(folder, "http", List.of(), List.of("--versioning-dir", versions.toString()));
    }

    /** Starts the server with a certificate. */
    static Gateway startSecure(Path folder, Certificates certificates) throws IOException {
        return start(folder, "https", List.of("--cert", certificates.chain().toString(), "--key",
                certificates.key().toString()), List.of());
    }

    private static Gateway start(Path folder, String scheme, List<String> options, List<String> ofFolder)
            throws IOException {
        Path program = Path.of(System.getProperty("sqlvdi.versitygw", Path.of(
                System.getenv().getOrDefault("XDG_CACHE_HOME", System.getProperty("user.home") + "/.cache"),
                "sqlvdi-tools/versitygw-v1.8.0/versitygw").toString()));
        assumeTrue(Files.isExecutable(program), () -> "skipped: there is no " + program
                + "; .ci/versitygw builds it where Go is, or name one with -Dsqlvdi.versitygw=");
        Files.createDirectories(folder.resolve(BUCKET));
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        List<String> command = new ArrayList<>(
                List.of(program.toString(), "--port", "127.0.0.1:" + port, "--quiet"));
        command.addAll(options);
        command.add("posix");
        command.addAll(ofFolder);
        command.add(folder.toString());
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("ROOT_ACCESS_KEY", KEY);
        builder.environment().put("ROOT_SECRET_KEY", SECRET);
        Path log = folder.resolveSibling("versitygw.log");
        Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly)); // also if the test's JVM is ended
        Gateway gateway = new Gateway(process, port, scheme);
        long end = System.nanoTime() + Patience.LONG.toNanos();
        while (!gateway.isListening()) {
            assertTrue(process.isAlive() && System.nanoTime() < end,
                    () -> "versitygw does not listen; its words are in " + log);
        }
        return gateway;
    }

    private boolean isListening() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), Patience.MILLIS);
            return true;
        } catch (IOException notYet) {
            Looking.pause();
            return false;
        }
    }

    String name(String key) {
        return "s3://" + BUCKET + "/" + key + "?endpoint=" + endpoint("127.0.0.1");
    }

    /** {@return the address of the server, under a name of this machine} */
    String endpoint(String host) {
        return scheme + "://" + host + ":" + port;
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(Patience.SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException request) {
            Thread.currentThread().interrupt();
        }
    }
}
