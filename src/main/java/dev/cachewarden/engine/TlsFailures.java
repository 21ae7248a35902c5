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
        String said = all(failure);
        if (!(host.address() instanceof HostAddress.TlsTcp address)) {
            return "The TLS connection to " + who + " failed: " + failure.getMessage();
        }
        if (said.contains("unrecognized ssl message") || said.contains("not an ssl/tls record")) {
            return who + " speaks plain, not TLS. Leave the TLS files empty, or give the TLS port (2376 by custom)";
        }
        if (ALERT_ABOUT_CERTIFICATE.matcher(said).find()) {
            return who + " did not accept our certificate " + address.files().certificate() + " ("
                    + failure.getMessage() + "). Is it signed by the CA that the server trusts, and in date?";
        }
        if (has(failure, CertificateExpiredException.class) || has(failure, CertificateNotYetValidException.class)) {
            return "The certificate of " + who + " is out of date: " + lastWords(failure);
        }
        if (has(failure, CertPathBuilderException.class) || said.contains("trust anchor")) {
            return "The certificate of " + who + " does not lead back to the CA in "
                    + address.files().ca() + ". Is that the CA that signed the server's certificate?";
        }
        if (has(failure, CertificateException.class)
                || said.contains("subject alternative")
                || said.contains("doesn't match")) {
            return "The certificate of " + who + " is for another name than '" + address.host() + "': "
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
