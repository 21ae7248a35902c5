package dev.cachewarden.engine;

import dev.cachewarden.host.HostAddress;
import dev.cachewarden.host.HostConnection;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** Classifies TLS failures. The JDK distinguishes them only by nested exceptions and by messages. */
final class TlsFailures {

    private static final Pattern ALERT_ABOUT_CERTIFICATE =
            Pattern.compile("received fatal alert: \\w*(certificate|unknown_ca|access_denied)");

    private TlsFailures() {}

    static String explain(HostConnection host, SSLException failure) {
        String who = host.name() + " at " + host.address().text();
        String detail = all(failure);
        if (!(host.address() instanceof HostAddress.TlsTcp address)) {
            return "The TLS connection to " + who + " failed: " + failure.getMessage();
        }
        if (detail.contains("unrecognized ssl message") || detail.contains("not an ssl/tls record")) {
            return who + " does not use TLS. Leave the TLS files empty, or use the port with TLS (usually 2376)";
        }
        if (ALERT_ABOUT_CERTIFICATE.matcher(detail).find()) {
            return who + " rejected the client certificate " + address.files().certificate() + " ("
                    + failure.getMessage() + "). Check that it is valid and signed by a CA that the server trusts";
        }
        if (has(failure, CertificateExpiredException.class) || has(failure, CertificateNotYetValidException.class)) {
            return "The certificate of " + who + " is expired or not yet valid: " + lastWords(failure);
        }
        if (has(failure, CertPathBuilderException.class) || detail.contains("trust anchor")) {
            return "The certificate of " + who + " is not signed by a CA in "
                    + address.files().ca() + ". Set the CA that signed the server certificate";
        }
        if (has(failure, CertificateException.class)
                || detail.contains("subject alternative")
                || detail.contains("doesn't match")) {
            return "The certificate of " + who + " is not valid for the name '" + address.host() + "': "
                    + lastWords(failure);
        }
        return "The TLS handshake with " + who + " failed: " + lastWords(failure);
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> type) {
        return causes(failure).anyMatch(type::isInstance);
    }

    private static String all(Throwable failure) {
        return causes(failure)
                .map(it -> String.valueOf(it.getMessage()))
                .reduce("", (before, next) -> before + " " + next)
                .toLowerCase(Locale.ROOT);
    }

    private static String lastWords(Throwable failure) {
        return String.valueOf(
                causes(failure).reduce(failure, (before, last) -> last).getMessage());
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.<Throwable>iterate(failure, it -> it != null, Throwable::getCause)
                .limit(20);
    }
}
