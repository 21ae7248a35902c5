package dev.cachewarden.host;

import java.nio.file.Path;

/**
 * Where the PEM files for mutual TLS lie, on the machine Cachewarden runs on.
 *
 * @param ca certificates a server's certificate must lead back to
 * @param certificate shown to the server
 * @param key of that certificate, PKCS #8 or PKCS #1, not encrypted
 */
public record TlsFiles(Path ca, Path certificate, Path key) {

    /** The names the docker CLI gives them within {@code DOCKER_CERT_PATH}. */
    public static TlsFiles in(Path directory) {
        return new TlsFiles(directory.resolve("ca.pem"), directory.resolve("cert.pem"), directory.resolve("key.pem"));
    }
}
