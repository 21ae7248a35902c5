package dev.cachewarden.build.web;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.tomcat.util.net.SocketWrapperBase;

/** A temporary read timeout for the body of one request. {@link #close} restores the previous timeout. */
final class BodyPatience implements AutoCloseable {

    private static final String CONNECTION = BodyPatience.class.getName();
    private static final BodyPatience AS_EVER = new BodyPatience(() -> {});

    private final Runnable restored;

    private BodyPatience(Runnable restored) {
        this.restored = restored;
    }

    /** Sets the timeout, or leaves it unchanged if the connection of the request is not accessible. */
    static BodyPatience of(HttpServletRequest request, Duration silence) {
        if (!(request.getAttribute(CONNECTION) instanceof SocketWrapperBase<?> connection)) {
            return AS_EVER;
        }
        long before = connection.getReadTimeout();
        connection.setReadTimeout(silence.toMillis());
        return new BodyPatience(() -> connection.setReadTimeout(before));
    }

    @Override
    public void close() {
        restored.run();
    }

    /** A Tomcat valve that makes the connection of each request accessible to request handlers. */
    static final class Valve extends ValveBase {

        Valve() {
            super(true);
        }

        @Override
        public void invoke(Request request, Response response) throws IOException, ServletException {
            var connection = ReadTimeoutHttpProtocol.connection(request.getCoyoteRequest());
            if (connection != null) {
                request.setAttribute(CONNECTION, connection);
            }
            getNext().invoke(request, response);
        }
    }
}
