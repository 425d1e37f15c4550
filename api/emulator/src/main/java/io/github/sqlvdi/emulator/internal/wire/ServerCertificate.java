package io.github.sqlvdi.emulator.internal.wire;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.Date;
import java.util.Locale;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** The certificate of a server with its TLS contexts: generated, or taken from a key store. Immutable. */
public final class ServerCertificate {

    private static final int KEY_BITS = 2048;
    private static final String ALIAS = "server";
    private static final String[] OLD_TLS = {"TLSv1.2"};
    private static final String[] STRICT_TLS = {"TLSv1.2", "TLSv1.3"};
    private static final String ALPN = "tds/8.0";
    private static final Duration SHARED = Duration.ofDays(1);

    private static ServerCertificate shared;
    private static Instant madeAt = Instant.EPOCH;

    private final SSLContext context;
    private final Certificate certificate;

    private ServerCertificate(KeyStore keys, char[] password, String alias) throws GeneralSecurityException {
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, password);
        context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        certificate = keys.getCertificate(alias);
    }

    /**
     * Returns a self-signed certificate for {@code localhost}, 127.0.0.1 and ::1, valid for a year from the day before. The
     * servers that a process starts within a day have the same one: its key takes most of the time in which a server starts.
     *
     * @return the certificate, with an RSA key of 2048 bits
     */
    public static synchronized ServerCertificate generated() {
        Instant now = Instant.now();
        if (shared == null || madeAt.plus(SHARED).isBefore(now) || now.isBefore(madeAt)) {
            shared = make();
            madeAt = now;
        }
        return shared;
    }

    private static ServerCertificate make() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(KEY_BITS);
            KeyPair pair = generator.generateKeyPair();
            X509Certificate made = selfSigned(pair);
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(null, null);
            char[] password = new BigInteger(128, new SecureRandom()).toString(36).toCharArray();
            keys.setKeyEntry(ALIAS, pair.getPrivate(), password, new Certificate[]{made});
            return new ServerCertificate(keys, password, ALIAS);
        } catch (GeneralSecurityException | IOException | OperatorCreationException failure) {
            throw new IllegalStateException("The JDK cannot make a certificate: " + failure.getMessage(), failure);
        }
    }

    private static X509Certificate selfSigned(KeyPair pair)
            throws GeneralSecurityException, IOException, OperatorCreationException {
        X500Name name = new X500Name("CN=localhost");
        Instant begin = Instant.now().minus(Duration.ofDays(1));
        GeneralNames names = new GeneralNames(new GeneralName[]{new GeneralName(GeneralName.dNSName, "localhost"),
            new GeneralName(GeneralName.iPAddress, "127.0.0.1"), new GeneralName(GeneralName.iPAddress, "::1")});
        ContentSigner signer = new JcaContentSignerBuilder("SHA256withRSA").build(pair.getPrivate());
        return new JcaX509CertificateConverter().getCertificate(
                new JcaX509v3CertificateBuilder(name, new BigInteger(64, new SecureRandom()), Date.from(begin),
                        Date.from(begin.plus(Duration.ofDays(366))), name, pair.getPublic())
                        .addExtension(Extension.subjectAlternativeName, false, names).build(signer));
    }

    /**
     * Reads the first key entry of a PKCS12 or JKS key store.
     *
     * @param file the key store
     * @param password of the store and of the key
     * @return the certificate
     * @throws IOException if the file cannot be read, or the password is wrong
     * @throws IllegalArgumentException if the store has no usable key
     */
    public static ServerCertificate of(Path file, char[] password) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore keys = KeyStore.getInstance(KeyStore.getDefaultType());
            keys.load(in, password);
            for (String alias : Collections.list(keys.aliases())) {
                if (keys.isKeyEntry(alias)) {
                    return new ServerCertificate(keys, password, alias);
                }
            }
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "The key store %s has no key: expected one with its certificate", file));
        } catch (GeneralSecurityException failure) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "The key store %s has no usable key: %s", file, failure.getMessage()),
                    failure);
        }
    }

    /** {@return the certificate as PEM text} */
    public String pem() {
        try {
            return "-----BEGIN CERTIFICATE-----\n"
                    + Base64.getMimeEncoder(64, new byte[]{'\n'}).encodeToString(certificate.getEncoded())
                    + "\n-----END CERTIFICATE-----\n";
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("The certificate cannot be encoded", failure);
        }
    }

    /** {@return the certificate} */
    public Certificate certificate() {
        return certificate;
    }

    /** TLS in TDS 7.x: 1.2 only, because clients wait for ever when a server offers 1.3 alone there. */
    SSLEngine engineInPackets() {
        SSLEngine engine = context.createSSLEngine();
        engine.setEnabledProtocols(OLD_TLS);
        return engine;
    }

    /** TLS of TDS 8.0: 1.2 and 1.3, with the application protocol that the specification demands. */
    SSLEngine engineStrict() {
        SSLEngine engine = context.createSSLEngine();
        engine.setEnabledProtocols(STRICT_TLS);
        engine.setHandshakeApplicationProtocolSelector((self, offered) -> offered.contains(ALPN) ? ALPN : null);
        return engine;
    }
}
