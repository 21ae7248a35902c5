package dev.cachewarden.engine;

import dev.cachewarden.host.HostAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

/** Detects a port that does not understand a plain connection but understands TLS. */
public final class TlsGreeting {

    private TlsGreeting() {}

    /**
     * Starts a handshake, and sends nothing else. Returns true even if the certificate is rejected, because the server then sent it over
     * TLS.
     */
    public static boolean usesTls(HostAddress.Tcp address, Duration patience) {
        try {
            // The timeout of the socket limits only each read, and a handshake may have any number of reads.
            return TimeLimit.within(
                    patience, "TLS greeting of " + address.text(), () -> completesHandshake(address, patience));
        } catch (ExecutionException | TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static boolean completesHandshake(HostAddress.Tcp address, Duration patience) {
        int millis = Math.toIntExact(Math.min(patience.toMillis(), Integer.MAX_VALUE));
        try (var plain = new Socket()) {
            plain.connect(new InetSocketAddress(address.host(), address.port()), millis);
            plain.setSoTimeout(millis);
            try (var tls = (SSLSocket) SSLContext.getDefault()
                    .getSocketFactory()
                    .createSocket(plain, address.host(), address.port(), true)) {
                tls.startHandshake();
                return true;
            }
        } catch (SSLException e) {
            String detail = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
            return !detail.contains("unrecognized") && !detail.contains("terminated");
        } catch (IOException e) {
            return false;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java runtime does not provide TLS", e);
        }
    }
}
