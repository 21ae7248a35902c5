package dev.cachewarden.progress.log;

import dev.cachewarden.progress.BuildProgress;
import dev.cachewarden.progress.Vertex;
import dev.cachewarden.progress.VertexState;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A build in words, with no more of it than a plain log can tell, so that one read from rawjson can be compared. */
final class SameBuild {

    private SameBuild() {}

    /** One text for each vertex and each warning; sorted, since plain logs name vertices as they end. */
    static List<String> asPrinted(BuildProgress build) {
        return Stream.concat(
                        build.vertices().stream()
                                .filter(vertex -> vertex.state() != VertexState.WAITING)
                                .map(SameBuild::asPrinted),
                        build.warnings().stream().map(warning -> "warning " + warning.text() + " in " + warning.line()))
                .sorted()
                .toList();
    }

    private static String asPrinted(Vertex vertex) {
        var parts = vertex.statuses().stream()
                .filter(part -> !lostInHistory(vertex, part))
                .map(SameBuild::asPrinted)
                .sorted()
                .toList();
        boolean tells = vertex.state() == VertexState.DONE;
        return String.join(
                " | ",
                vertex.name(),
                vertex.state().name(),
                tells ? seconds(vertex.duration()) : "",
                vertex.state() == VertexState.FAILED ? String.valueOf(vertex.error()) : "",
                parts.toString(),
                vertex.log(),
                vertex.logCut() ? "cut" : "");
    }

    /** BuildKit's history keeps one transfer of each name, so that the second, of the context itself, replaces this one. */
    private static boolean lostInHistory(Vertex vertex, Vertex.Status part) {
        return vertex.name().endsWith("load .dockerignore") && part.id().equals("transferring context:");
    }

    private static String asPrinted(Vertex.Status part) {
        return part.id() + " " + size(part.current()) + "/" + size(part.total()) + " " + seconds(part.duration()) + " "
                + part.done();
    }

    /** A plain log leaves out a hundredth of a second and less, and shows one decimal. */
    private static String seconds(@Nullable Duration duration) {
        return duration == null ? "none" : String.format(Locale.ROOT, "%.1f", duration.toNanos() / 1e9);
    }

    private static String size(long bytes) {
        double shown = bytes;
        String unit = "";
        for (String larger : new String[] {"k", "M", "G"}) {
            if (shown >= 1000) {
                shown /= 1000;
                unit = larger;
            }
        }
        return String.format(Locale.ROOT, unit.isEmpty() ? "%.0f" : "%.2f" + unit, shown);
    }
}
