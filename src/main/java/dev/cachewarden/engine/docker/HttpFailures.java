package dev.cachewarden.engine.docker;

import com.github.dockerjava.zerodep.shaded.org.apache.hc.core5.http.ConnectionClosedException;
import com.github.dockerjava.zerodep.shaded.org.apache.hc.core5.http.HttpException;
import com.github.dockerjava.zerodep.shaded.org.apache.hc.core5.http.MalformedChunkCodingException;
import com.github.dockerjava.zerodep.shaded.org.apache.hc.core5.http.MessageConstraintException;
import com.github.dockerjava.zerodep.shaded.org.apache.hc.core5.http.NoHttpResponseException;
import com.github.dockerjava.zerodep.shaded.org.apache.hc.core5.http.StreamClosedException;
import com.github.dockerjava.zerodep.shaded.org.apache.hc.core5.http.UnsupportedHttpVersionException;
import dev.cachewarden.engine.BadMessageException;
import dev.cachewarden.engine.EngineLimits;
import dev.cachewarden.engine.EngineRefusedException;
import dev.cachewarden.engine.EngineUnreachableException;
import dev.cachewarden.engine.Failures;
import java.io.EOFException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;

/** Converts HTTP and JSON failures of an exchange to exceptions with a description. */
final class HttpFailures {

    static final String CUT = "it is incomplete";

    private HttpFailures() {}

    static RuntimeException toException(Failures failures, EngineLimits limits, String endpoint, Throwable failure) {
        if (failure instanceof EngineRefusedException refused) {
            return refused;
        }
        if (failure instanceof EngineUnreachableException unreachable) {
            return unreachable;
        }
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            var reported = badAnswer(failures, limits, endpoint, cause);
            if (reported != null) {
                return reported;
            }
        }
        return failures.of(endpoint, failure);
    }

    private static @Nullable EngineUnreachableException badAnswer(
            Failures failures, EngineLimits limits, String endpoint, Throwable cause) {
        return switch (cause) {
            case BadAnswerException bad -> failures.badAnswer(endpoint, String.valueOf(bad.getMessage()), bad);
            case BadMessageException bad -> failures.badAnswer(endpoint, String.valueOf(bad.getMessage()), bad);
            case StreamConstraintsException large -> failures.badAnswer(endpoint, bound(large, limits), large);
            case JacksonIOException io -> null;
            case StreamReadException unreadable ->
                failures.badAnswer(
                        endpoint,
                        "it is not valid JSON at line "
                                + unreadable.getLocation().getLineNr() + ", column "
                                + unreadable.getLocation().getColumnNr(),
                        unreadable);
            case NoHttpResponseException silent ->
                failures.badAnswer(endpoint, "the connection was closed without a response", silent);
            case UnsupportedHttpVersionException other -> failures.notAnEngine("it does not speak HTTP/1.1", other);
            case MessageConstraintException large -> tooLarge(failures, limits, endpoint, large);
            case HttpException other -> failures.notAnEngine("it does not speak HTTP", other);
            case MalformedChunkCodingException closed -> cut(failures, endpoint, closed);
            case ConnectionClosedException closed -> cut(failures, endpoint, closed);
            case StreamClosedException closed -> cut(failures, endpoint, closed);
            case EOFException closed -> cut(failures, endpoint, closed);
            default -> null;
        };
    }

    private static EngineUnreachableException tooLarge(
            Failures failures, EngineLimits limits, String endpoint, MessageConstraintException large) {
        var bound = bound(large, limits);
        return bound == null
                ? failures.notAnEngine("it does not speak HTTP", large)
                : failures.badAnswer(endpoint, bound, large);
    }

    /** Returns null for too many lines before the status line, which only another protocol sends. */
    private static @Nullable String bound(MessageConstraintException failure, EngineLimits limits) {
        String message = String.valueOf(failure.getMessage());
        if (message.contains("header count")) {
            return EngineLimits.exceeded("more than " + limits.maxHeaders() + " header lines", "max-headers");
        }
        return message.contains("line length")
                ? EngineLimits.exceeded(
                        "a header line of more than " + limits.maxHeaderLine().toBytes() + " bytes", "max-header-line")
                : null;
    }

    private static String bound(StreamConstraintsException failure, EngineLimits limits) {
        return String.valueOf(failure.getMessage()).contains("nesting")
                ? EngineLimits.exceeded("more than " + limits.maxNesting() + " nested levels", "max-nesting")
                : "it contains a name, number, or text that exceeds the length limit";
    }

    private static EngineUnreachableException cut(Failures failures, String endpoint, Throwable cause) {
        return failures.badAnswer(endpoint, CUT, cause);
    }
}
