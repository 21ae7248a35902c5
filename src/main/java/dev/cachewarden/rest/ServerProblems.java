package dev.cachewarden.rest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;

/**
 * Writes a problem document for requests that Tomcat rejects before they reach a controller. It replaces Tomcat's own error page and never
 * contains a stack trace. Tomcat creates this class by its name.
 */
public final class ServerProblems extends ErrorReportValve {

    @Override
    protected void report(Request request, Response response, Throwable failure) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        var problem = status == 400
                ? Problem.invalid("request", "contains characters that are not allowed in the request line or a header")
                : Problems.ofStatus(status);
        try {
            response.setContentType("application/problem+json");
            response.setCharacterEncoding(StandardCharsets.UTF_8.name());
            var out = response.getReporter();
            if (out != null) {
                out.write("{\"type\":\"%s\",\"title\":\"%s\",\"status\":%d,\"detail\":\"%s\"}"
                        .formatted(problem.type(), problem.title(), status, problem.detail()));
                response.finishResponse();
            }
        } catch (IOException e) {
            // The client closed the connection.
        }
    }
}
