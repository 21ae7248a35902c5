package dev.cachewarden.engine.docker;

import com.github.dockerjava.transport.UnixSocket;
import com.github.dockerjava.zerodep.shaded.org.apache.hc.client5.http.HttpRequestRetryStrategy;
import com.github.dockerjava.zerodep.shaded.org.apache.hc.client5.http.SystemDefaultDnsResolver;
import com.github.dockerjava.zerodep.shaded.org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import com.github.dockerjava.zerodep.shaded.org.apache.hc.client5.http.config.ConnectionConfig;
import com.github.dockerjava.zerodep.shaded.org.apache.hc.client5.http.impl.DefaultSchemePortResolver;
import com.github.dockerjava.zerodep.shaded.org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import com.github.dockerjava.zerodep.shaded.org.apache.hc.client5.http.impl.classic.HttpClients;
import com.github.dockerjava.zerodep.shaded.org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import com.github.dockerjava.zerodep.shaded.org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import com.github.dockerjava.zerodep.shaded.org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import com.github.dockerjava.zerodep.shaded.org.apache.hc.client5.http.io.DetachedSocketFactory;
import com.github.dockerjava.zerodep.shaded.org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import com.github.dockerjava.zerodep.shaded.org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import com.github.dockerjava.zerodep.shaded.org.apache.hc.core5.http.ClassicHttpResponse;
import com.github.dockerjava.zerodep.shaded.org.apache.hc.core5.http.HttpHost;
import com.github.dockerjava.zerodep.shaded.org.apache.hc.core5.http.HttpRequest;
import com.github.dockerjava.zerodep.shaded.org.apache.hc.core5.http.HttpResponse;
import com.github.dockerjava.zerodep.shaded.org.apache.hc.core5.http.NoHttpResponseException;
import com.github.dockerjava.zerodep.shaded.org.apache.hc.core5.http.config.Http1Config;
import com.github.dockerjava.zerodep.shaded.org.apache.hc.core5.http.impl.DefaultConnectionReuseStrategy;
import com.github.dockerjava.zerodep.shaded.org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import com.github.dockerjava.zerodep.shaded.org.apache.hc.core5.http.protocol.HttpContext;
import com.github.dockerjava.zerodep.shaded.org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import com.github.dockerjava.zerodep.shaded.org.apache.hc.core5.pool.PoolReusePolicy;
import com.github.dockerjava.zerodep.shaded.org.apache.hc.core5.util.TimeValue;
import com.github.dockerjava.zerodep.shaded.org.apache.hc.core5.util.Timeout;
import dev.cachewarden.engine.EngineLimits;
import dev.cachewarden.engine.EngineSettings;
import dev.cachewarden.engine.MutualTls;
import dev.cachewarden.host.HostAddress;
import dev.cachewarden.host.HostConnection;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP client for one engine. It limits the head of each response, and never repeats a request after a response. It does not follow
 * redirects, decompress responses, or use a proxy. docker-java's own client does all of these without an option to disable them. So this
 * client uses the HTTP library that docker-java includes.
 */
final class BoundedHttp implements AutoCloseable {

    private static final int CONNECTIONS = 2;

    /** The host name in requests over a socket file. It is never resolved. */
    private static final HttpHost LOCAL = new HttpHost("http", "localhost", 2375);

    private final HttpHost target;
    private final CloseableHttpClient client;

    BoundedHttp(HostConnection host, EngineSettings settings) {
        this.target = target(host.address());
        boolean local = host.address() instanceof HostAddress.UnixSocket;
        var connections = new PoolingHttpClientConnectionManager(
                operator(host),
                PoolConcurrencyPolicy.STRICT,
                PoolReusePolicy.LIFO,
                TimeValue.NEG_ONE_MILLISECOND,
                ManagedHttpClientConnectionFactory.builder()
                        .http1Config(head(settings.limits()))
                        .build());
        connections.setMaxTotal(CONNECTIONS);
        connections.setDefaultMaxPerRoute(CONNECTIONS);
        connections.setDefaultConnectionConfig(ConnectionConfig.custom()
                .setValidateAfterInactivity(local ? TimeValue.NEG_ONE_MILLISECOND : TimeValue.ofMilliseconds(1))
                .setConnectTimeout(
                        Timeout.ofMilliseconds(settings.connectTimeout().toMillis()))
                .build());
        this.client = HttpClients.custom()
                .setConnectionManager(connections)
                // A socket file has no read timeout, so the check of a kept connection could block forever. A new
                // connection costs nothing.
                .setConnectionReuseStrategy(
                        local ? (request, response, context) -> false : DefaultConnectionReuseStrategy.INSTANCE)
                .setRetryStrategy(new OnlyAfterSilence())
                .disableRedirectHandling()
                .disableContentCompression()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableConnectionState()
                .build();
    }

    private static Http1Config head(EngineLimits limits) {
        return Http1Config.custom()
                .setMaxHeaderCount(limits.maxHeaders())
                .setMaxLineLength(Math.toIntExact(limits.maxHeaderLine().toBytes()))
                .build();
    }

    private static HttpHost target(HostAddress address) {
        return switch (address) {
            case HostAddress.UnixSocket socket -> LOCAL;
            case HostAddress.Tcp tcp -> new HttpHost("http", tcp.host(), tcp.port());
            case HostAddress.TlsTcp tls -> new HttpHost("https", tls.host(), tls.port());
        };
    }

    private static DefaultHttpClientConnectionOperator operator(HostConnection host) {
        DetachedSocketFactory sockets = host.address() instanceof HostAddress.UnixSocket socket
                ? proxy -> UnixSocket.get(socket.path().toString())
                : proxy -> new Socket();
        var tls = tls(host);
        return new DefaultHttpClientConnectionOperator(
                sockets,
                DefaultSchemePortResolver.INSTANCE,
                SystemDefaultDnsResolver.INSTANCE,
                scheme -> scheme.equals("https") ? tls : null);
    }

    private static @Nullable TlsSocketStrategy tls(HostConnection host) {
        // Do not use docker-java's LocalDirectorySSLConfig: if a file is missing, its client uses a plain connection.
        return host.address() instanceof HostAddress.TlsTcp tls
                ? new DefaultClientTlsStrategy(MutualTls.of(host, tls.files()).context())
                : null;
    }

    /** Sends a request. The caller must close the response. */
    OpenResponse send(String method, String path) throws IOException {
        var request = new HttpUriRequestBase(method, URI.create(path));
        if (method.equals("POST")) {
            request.setEntity(new ByteArrayEntity(new byte[0], null));
        }
        return new OpenResponse(client.executeOpen(target, request, null), request);
    }

    /** A response whose body may not have arrived completely. The client reuses the connection only if the body was read to its end. */
    record OpenResponse(ClassicHttpResponse response, HttpUriRequestBase request) implements AutoCloseable {

        /**
         * Ends the connection if the body has not ended. A close of the response would first read the rest of the body, regardless of its
         * length.
         */
        @Override
        public void close() {
            request.cancel();
        }
    }

    @Override
    public void close() throws IOException {
        client.close();
    }

    /** Retries a request only if the engine closed a kept connection, and never a request with side effects. */
    private static final class OnlyAfterSilence implements HttpRequestRetryStrategy {

        @Override
        public boolean retryRequest(HttpRequest request, IOException failure, int count, HttpContext context) {
            return count == 1
                    && failure instanceof NoHttpResponseException
                    && !request.getMethod().equals("POST");
        }

        @Override
        public boolean retryRequest(HttpResponse response, int count, HttpContext context) {
            return false;
        }

        @Override
        public TimeValue getRetryInterval(HttpResponse response, int count, HttpContext context) {
            return TimeValue.ZERO_MILLISECONDS;
        }
    }
}
