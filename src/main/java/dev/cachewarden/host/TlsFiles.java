package dev.cachewarden.host;

import java.nio.file.Path;

/**
 * The paths of the PEM files for mutual TLS, on the machine that Cachewarden runs on.
 *
 * @param ca trusted CA certificates; the certificate of the server must chain to one of them
 * @param certificate client certificate
 * @param key private key of that certificate, PKCS #8 or PKCS #1, not encrypted
 */
public record TlsFiles(Path ca, Path certificate, Path key) {

    /** Returns the files in a directory with the names that the docker CLI uses in {@code DOCKER_CERT_PATH}. */
    public static TlsFiles in(Path directory) {
        return new TlsFiles(directory.resolve("ca.pem"), directory.resolve("cert.pem"), directory.resolve("key.pem"));
    }
}
