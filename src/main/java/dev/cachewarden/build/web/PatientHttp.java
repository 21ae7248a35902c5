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
 * Tomcat's HTTP, which lets the connection of a request be found. Tomcat waits for the rest of a body for as long as its connection says at
 * each read, and hands no connection out. Made by Tomcat, which knows it by its name.
 */
public final class PatientHttp extends Http11NioProtocol {

    /** Notes outlast the requests of a connection; Tomcat's own are below. */
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
                    // Tomcat keeps this for connections to come.
                    request.setNote(CONNECTION, null);
                }
            }
        };
    }

    /** Null: it came some other way, such as over HTTP/2. */
    static @Nullable SocketWrapperBase<?> connection(Request request) {
        return request.getNote(CONNECTION) instanceof SocketWrapperBase<?> connection ? connection : null;
    }
}
