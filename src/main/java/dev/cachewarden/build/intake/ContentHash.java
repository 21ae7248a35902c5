package dev.cachewarden.build.intake;

import dev.cachewarden.progress.BuildProgress;
import dev.cachewarden.progress.Vertex;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The hash that recognizes a build of a log that was uploaded before. It is the SHA-256 of a text with the parsed content, so the
 * compression of the log does not matter. The logs of builds with only cache hits are often identical. They differ by the start time if the
 * sender specifies it, and by their positions if they are in the same log. A build with step times has the same hash at any position.
 *
 * <p>This class writes each name explicitly, in the form that the records had in {@code toString} when the first hashes were stored. The
 * form must not change, even if the records do. Otherwise each log that is uploaded again would become a new build.
 */
final class ContentHash {

    private ContentHash() {}

    /**
     * Returns the hash of a build.
     *
     * @param place position of the build in its log, from 0
     */
    static byte[] of(UploadedLog log, int place, BuildProgress progress) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text(log, place, progress).getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Java has no SHA-256", e);
        }
    }

    private static String text(UploadedLog log, int place, BuildProgress progress) {
        return "[" + (hasTimes(progress) ? 0 : place) + ", " + log.project() + ", " + log.builder() + ", "
                + (log.startedAt() == null ? progress.span().started() : log.startedAt())
                + ", BuildProgress[target=" + progress.target()
                + ", vertices=" + list(progress.vertices(), ContentHash::vertex)
                + ", warnings=" + list(progress.warnings(), ContentHash::warning)
                + ", failure=" + progress.failure()
                + ", gaps=" + list(progress.gaps(), gap -> gap)
                + "]]";
    }

    private static boolean hasTimes(BuildProgress progress) {
        return progress.vertices().stream().anyMatch(vertex -> !vertex.runs().isEmpty());
    }

    private static String vertex(Vertex vertex) {
        return "Vertex[id=" + vertex.id()
                + ", name=" + vertex.name()
                + ", inputs=" + list(vertex.inputs(), input -> input)
                + ", state=" + vertex.state().name()
                + ", runs=" + list(vertex.runs(), ContentHash::run)
                + ", duration=" + vertex.duration()
                + ", error=" + vertex.error()
                + ", statuses=" + list(vertex.statuses(), ContentHash::status)
                + ", log=" + vertex.log()
                + ", logCut=" + vertex.logCut() + "]";
    }

    private static String run(Vertex.Run run) {
        return "VertexRun[started=" + run.started() + ", completed=" + run.completed() + "]";
    }

    private static String status(Vertex.Status status) {
        return "VertexStatus[id=" + status.id() + ", current=" + status.current() + ", total=" + status.total()
                + ", duration=" + status.duration() + ", done=" + status.done() + "]";
    }

    private static String warning(BuildProgress.Warning warning) {
        return "ProgressWarning[vertex=" + warning.vertex() + ", text=" + warning.text() + ", url=" + warning.url()
                + ", line=" + warning.line() + "]";
    }

    private static <T> String list(List<T> parts, Function<T, @Nullable String> text) {
        return parts.stream().map(text).collect(Collectors.joining(", ", "[", "]"));
    }
}
