package dev.cachewarden.engine.connection;

import dev.cachewarden.buildcache.DiskSpace;
import dev.cachewarden.host.DiskSource;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLException;

/** Measures a disk through a node_exporter. Does not follow redirects, so it contacts only the address that a user entered. */
final class NodeExporterDisk {

    private final DiskSettings settings;
    private final HttpClient http;

    NodeExporterDisk(DiskSettings settings) {
        this.settings = settings;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.timeout())
                .build();
    }

    DiskSpace of(DiskSource.NodeExporter source, String folder) throws DiskUnknownException, InterruptedException {
        var metrics = new FilesystemMetrics(folder);
        var address = withPath(source.address());
        try {
            var answer = http.send(request(address), BodyHandlers.ofInputStream());
            try (var body = answer.body()) {
                check(address, answer);
                read(address, body, metrics);
            }
        } catch (IOException e) {
            throw failed(address, e);
        }
        return metrics.disk(address.toString());
    }

    /** Adds the path of the metrics to an address without a path, because {@code http://name:9100} is an HTML page. */
    private static URI withPath(URI address) {
        String path = address.getRawPath();
        return path == null || path.isEmpty() || path.equals("/") ? address.resolve("/metrics") : address;
    }

    private HttpRequest request(URI address) {
        // The only supported format; some exporters also offer newer ones.
        return HttpRequest.newBuilder(address)
                .timeout(settings.timeout())
                .header("Accept", "text/plain;version=0.0.4")
                .build();
    }

    private static void check(URI address, HttpResponse<?> answer) throws DiskUnknownException {
        int status = answer.statusCode();
        if (status >= 300 && status < 400) {
            throw new DiskUnknownException(address + " returned a redirect (" + status
                    + "). Cachewarden does not follow redirects. Enter the final address of the metrics");
        }
        if (status != 200) {
            throw new DiskUnknownException(address + " returned status " + status
                    + (status == 401 || status == 403
                            ? ". Cachewarden needs access without a password"
                            : ". Check that this is the metrics address of a node_exporter"));
        }
    }

    private void read(URI address, InputStream body, FilesystemMetrics metrics)
            throws IOException, DiskUnknownException {
        if (!new MetricLines(FilesystemMetrics.PREFIX, metrics::take)
                .read(body, settings.maxAnswerSize().toBytes())) {
            throw new DiskUnknownException(address + " returned more than the "
                    + settings.maxAnswerSize().toMegabytes()
                    + " MiB allowed by cachewarden.engine.disk.max-answer-size. Check that it is a node_exporter");
        }
    }

    private static DiskUnknownException failed(URI address, IOException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException) {
                return new DiskUnknownException("The name in " + address + " cannot be resolved", failure);
            }
            if (cause instanceof SSLException) {
                return new DiskUnknownException(
                        "TLS with " + address + " failed: " + DiskUnknownException.singleLine(cause.getMessage())
                                + ". Java must trust its certificate",
                        failure);
            }
        }
        if (failure instanceof HttpTimeoutException) {
            return new DiskUnknownException(
                    address
                            + " did not respond in time. Check that the machine is running and that no firewall"
                            + " blocks the connection",
                    failure);
        }
        if (failure instanceof ConnectException) {
            return new DiskUnknownException(
                    address + " refused the connection. Check that node_exporter is running on this port", failure);
        }
        // The failure may quote the response, which not every reader of this message may see.
        return new DiskUnknownException(
                address + " sent an incomplete HTTP response, or headers that are too large", failure);
    }
}
