package dev.cachewarden.build.web;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.tomcat.util.net.SocketWrapperBase;

/** How long the body of one request may be silent, until closed; then it is again as long as that of any other. */
final class BodyPatience implements AutoCloseable {

    private static final String CONNECTION = BodyPatience.class.getName();
    private static final BodyPatience AS_EVER = new BodyPatience(() -> {});

    private final Runnable restored;

    private BodyPatience(Runnable restored) {
        this.restored = restored;
    }

    /** Where it cannot be changed it stays as it is. */
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

    /** Hands the connection of each request on to those who answer it. */
    static final class Valve extends ValveBase {

        Valve() {
            super(true);
        }

        @Override
        public void invoke(Request request, Response response) throws IOException, ServletException {
            var connection = PatientHttp.connection(request.getCoyoteRequest());
            if (connection != null) {
                request.setAttribute(CONNECTION, connection);
            }
            getNext().invoke(request, response);
        }
    }
}
