package dev.cachewarden.build.web;

import java.io.IOException;
import org.apache.coyote.Processor;
import org.apache.coyote.Request;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP protocol of Tomcat that exposes the connection of a request. Before each read of a request body, Tomcat gets the timeout from the
 * connection, but it does not expose the connection. Tomcat creates this class by its name.
 */
public final class ReadTimeoutHttpProtocol extends Http11NioProtocol {

    /** The index of the request note. Notes outlive the requests of a connection. Tomcat uses lower indexes. */
    private static final int CONNECTION = 17;

    @Override
    protected Processor createProcessor() {
        return new Http11Processor(this, getAdapter()) {
            @Override
            public SocketState service(SocketWrapperBase<?> connection) throws IOException {
                request.setNote(CONNECTION, connection);
                try {
                    return super.service(connection);
                } finally {
                    // Tomcat reuses this request object for later connections.
                    request.setNote(CONNECTION, null);
                }
            }
        };
    }

    /** Returns the connection of a request, or null if the request arrived in another way, such as over HTTP/2. */
    static @Nullable SocketWrapperBase<?> connection(Request request) {
        return request.getNote(CONNECTION) instanceof SocketWrapperBase<?> connection ? connection : null;
    }
}
