package dev.cachewarden.engine;

import dev.cachewarden.host.HostConnection;
import dev.cachewarden.host.TlsFiles;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Mutual TLS from three PEM files, which are checked before anything is sent. Trusts only the given CA. */
public final class MutualTls {

    private static final char[] NO_PASSWORD = new char[0];

    private final KeyManagerFactory keys;
    private final TrustManagerFactory trust;

    private MutualTls(KeyManagerFactory keys, TrustManagerFactory trust) {
        this.keys = keys;
        this.trust = trust;
    }

    /**
     * Reads and checks the files.
     *
     * @throws dev.cachewarden.engine.EngineUnreachableException if a file is invalid; the message names the file
     */
    public static MutualTls of(HostConnection host, TlsFiles files) {
        var pem = new PemFiles(host);
        var authorities = pem.certificates(files.ca());
        var chain = pem.certificates(files.certificate());
        var key = pem.key(files.key());
        if (!belongs(key, chain.getFirst())) {
            throw pem.fault(files.key(), "does not match the certificate " + files.certificate(), null);
        }
        try {
            return new MutualTls(keys(key, chain), trust(authorities));
        } catch (GeneralSecurityException | IOException e) {
            throw pem.fault(files.certificate(), "cannot be used", e);
        }
    }

    /** Returns a context for TLS 1.2 or later; the JDK selects the version. */
    public SSLContext context() {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java runtime does not provide TLS", e);
        }
    }

    /** Returns the client key and certificates. */
    public KeyManagerFactory keys() {
        return keys;
    }

    /** Returns the trusted CAs; the certificate of a server must chain to one of them. */
    public TrustManagerFactory trust() {
        return trust;
    }

    private static KeyManagerFactory keys(PrivateKey key, List<X509Certificate> chain)
            throws GeneralSecurityException, IOException {
        var store = emptyStore();
        store.setKeyEntry("client", key, NO_PASSWORD, chain.toArray(Certificate[]::new));
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, NO_PASSWORD);
        return keys;
    }

    private static TrustManagerFactory trust(List<X509Certificate> authorities)
            throws GeneralSecurityException, IOException {
        var store = emptyStore();
        for (int n = 0; n < authorities.size(); n++) {
            store.setCertificateEntry("ca" + n, authorities.get(n));
        }
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        return trust;
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        return store;
    }

    /** Returns true if a signature of the key matches the certificate. A server would only report "handshake failure" otherwise. */
    private static boolean belongs(PrivateKey key, X509Certificate certificate) {
        String algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        };
        try {
            byte[] probe = {1, 2, 3};
            var signer = Signature.getInstance(algorithm);
            signer.initSign(key);
            signer.update(probe);
            var verifier = Signature.getInstance(algorithm);
            verifier.initVerify(certificate.getPublicKey());
            verifier.update(probe);
            return verifier.verify(signer.sign());
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
