package io.github.sqlvdi.storage.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A private certificate authority and a certificate of it for a server on 127.0.0.1, made by the JDK's keytool.
 *
 * @param chain the server's certificate and that of the authority, in PEM
 * @param key the server's private key, in PEM
 * @param trustStore has the certificate of the authority
 */
record Certificates(Path chain, Path key, Path trustStore) {

    static final String PASSWORD = "changeit";

    private static final String AUTHORITY = "authority";
    private static final String SERVER = "server";

    static Certificates make(Path folder) throws IOException, InterruptedException, GeneralSecurityException {
        Path keys = folder.resolve("keys.p12");
        keytool(folder, keys, AUTHORITY, "-dname", "CN=sqlvdi test authority", "-ext", "bc:c=ca:true");
        keytool(folder, keys, SERVER, "-dname", "CN=sqlvdi test store", "-signer", AUTHORITY, "-ext",
                "san=ip:127.0.0.1");
        KeyStore store = KeyStore.getInstance(keys.toFile(), PASSWORD.toCharArray());
        StringBuilder chain = new StringBuilder();
        for (Certificate certificate : store.getCertificateChain(SERVER)) {
            chain.append(pem("CERTIFICATE", certificate.getEncoded()));
        }
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry(AUTHORITY, store.getCertificate(AUTHORITY));
        Path trustStore = folder.resolve("trust.p12");
        try (OutputStream out = Files.newOutputStream(trustStore)) {
            trusted.store(out, PASSWORD.toCharArray());
        }
        return new Certificates(Files.writeString(folder.resolve("chain.pem"), chain),
                Files.writeString(folder.resolve("key.pem"),
                        pem("PRIVATE KEY", store.getKey(SERVER, PASSWORD.toCharArray()).getEncoded())),
                trustStore);
    }

    private static void keytool(Path folder, Path keys, String alias, String... more)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-keystore",
                keys.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD, "-alias", alias, "-keyalg", "EC",
                "-groupname", "secp256r1", "-validity", "2"));
        command.addAll(List.of(more));
        Path output = folder.resolve("keytool.txt");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IOException(command + " did not end within two minutes");
        }
        assertEquals(0, process.exitValue(), Files.readString(output));
    }

    private static String pem(String type, byte[] content) {
        String lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(content);
        return "-----BEGIN " + type + "-----\n" + lines + "\n-----END " + type + "-----\n";
    }
}
