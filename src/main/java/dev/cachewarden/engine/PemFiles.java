package dev.cachewarden.engine;

import dev.cachewarden.host.HostConnection;
import dev.cachewarden.host.HostProblem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads PEM files. Each error names the file. */
final class PemFiles {

    /** The maximum size of a file. Certificates and keys have a few kilobytes; a larger file is a mistake. */
    private static final long MAX_BYTES = 1 << 20;

    private static final Pattern KEY =
            Pattern.compile("-----BEGIN (?<form>[A-Z ]*PRIVATE KEY)-----(?<base64>[^-]*)-----END \\k<form>-----");

    private final HostConnection host;

    PemFiles(HostConnection host) {
        this.host = host;
    }

    List<X509Certificate> certificates(Path file) {
        byte[] content = content(file);
        try {
            var found = CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(content));
            if (found.isEmpty()) {
                throw fault(file, "contains no certificate", null);
            }
            return found.stream().map(X509Certificate.class::cast).toList();
        } catch (CertificateException e) {
            throw fault(file, "is not a certificate in PEM format", e);
        }
    }

    PrivateKey key(Path file) {
        var matcher = KEY.matcher(new String(content(file), StandardCharsets.US_ASCII));
        if (!matcher.find()) {
            throw fault(file, "contains no private key in PEM format", null);
        }
        String form = matcher.group("form");
        byte[] encoded = decoded(file, matcher.group("base64"));
        return switch (form) {
            case "PRIVATE KEY" -> fromPkcs8(file, encoded);
            case "RSA PRIVATE KEY" -> fromPkcs8(file, Pkcs1.toPkcs8(encoded));
            case "ENCRYPTED PRIVATE KEY" ->
                throw fault(file, "is encrypted; remove the passphrase: openssl pkey -in … -out …", null);
            default ->
                throw fault(file, "is a " + form + "; convert it to PKCS #8: openssl pkcs8 -topk8 -nocrypt …", null);
        };
    }

    private byte[] decoded(Path file, String base64) {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw fault(file, "contains no readable private key", e);
        }
    }

    private PrivateKey fromPkcs8(Path file, byte[] encoded) {
        GeneralSecurityException last = null;
        for (String algorithm : List.of("RSA", "EC", "EdDSA")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
            } catch (GeneralSecurityException e) {
                last = e;
            }
        }
        throw fault(file, "contains no readable private key", last);
    }

    private byte[] content(Path file) {
        try {
            if (!Files.exists(file)) {
                throw fault(file, "does not exist", null);
            }
            if (!Files.isRegularFile(file) || Files.size(file) > MAX_BYTES) {
                throw fault(file, "is not a PEM file", null);
            }
            return Files.readAllBytes(file);
        } catch (AccessDeniedException e) {
            throw fault(file, "cannot be read by the user that runs Cachewarden", e);
        } catch (IOException e) {
            throw fault(file, "cannot be read", e);
        }
    }

    EngineUnreachableException fault(Path file, String what, @Nullable Throwable cause) {
        return new EngineUnreachableException(
                new HostProblem(HostProblem.Cause.TLS, "TLS file " + file + " of " + host.name() + " " + what), cause);
    }
}
