package dev.cachewarden.progress;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The names of vertices of several builds at once. {@code docker buildx bake} and Compose add the target to BuildKit's name of a vertex:
 * {@code [web internal] load .dockerignore}, {@code [web build 2/5] RUN make}, {@code [web] exporting to image}. BuildKit itself and its
 * history do not contain the target.
 */
public final class TargetName {

    /** The vertices that load the build definition. Every build with a Dockerfile starts with them. */
    private static final List<String> LOADS = List.of(
            "internal] load build definition from ",
            "internal] load .dockerignore",
            "internal] load remote build context",
            "internal] load git source ");

    /**
     * The beginnings of names that BuildKit and buildx use around the instructions. A wrapper such as Depot's has other words in its line
     * with a bracket.
     */
    private static final List<String> AROUND = List.of(
            "exporting ",
            "FROM ",
            "importing ",
            "preparing ",
            "resolve ",
            "resolving ",
            "merging ",
            "pushing ",
            "sending ",
            "copying ",
            "docker-image://",
            "oci-layout://",
            "local://",
            "git://",
            "http://",
            "https://");

    private static final String TARGET = "target ";

    private TargetName() {}

    /**
     * Returns the target whose Dockerfile a vertex loads. Empty if the build ran alone without a target, or null if the vertex loads no
     * Dockerfile.
     */
    public static @Nullable String ofLoad(String name) {
        if (!name.startsWith("[")) {
            return null;
        }
        int blank = name.indexOf(' ');
        boolean alone = name.startsWith("internal] ", 1);
        int from = alone ? 1 : blank + 1;
        for (String load : LOADS) {
            if (name.startsWith(load, from)) {
                String target = name.substring(1, alone ? 1 : blank);
                // A platform is not a target.
                return isTarget(target) ? target : null;
            }
        }
        return null;
    }

    /** Returns true if a vertex lists the targets. It does not belong to a build, and precedes the first one. */
    public static boolean isOfBake(String name) {
        return name.startsWith("[internal] load ") && name.endsWith(" bake definitions");
    }

    /**
     * Returns true if a name certainly begins with a target: {@code [web internal] load …} or {@code [web build 1/2] RUN …}.
     * {@code [build 1/2]} may begin with a stage.
     */
    static boolean hasTarget(String name) {
        int blank = name.startsWith("[") ? name.indexOf(' ') : -1;
        if (blank > 1 && name.startsWith("internal] load ", blank + 1)) {
            // A platform is not a target.
            return isTarget(name.substring(1, blank));
        }
        var place = StagePlace.of(name);
        String stage = place == null ? "" : place.stage();
        return stage.indexOf(' ') > 0 && stage.lastIndexOf('/', stage.indexOf(' ')) < 0;
    }

    /** Returns the target at the beginning of a name, or an empty text if there is none. Use it only if the vertices have targets. */
    static String target(String name) {
        String first = first(name);
        int end = first.length() + 1;
        boolean alone = name.startsWith("] ", end);
        boolean around = !alone || AROUND.stream().anyMatch(beginning -> name.startsWith(beginning, end + 2));
        return around && isTarget(first) && !first.equals("internal") && !first.equals("auth") ? first : "";
    }

    /** Returns true if bake accepts the name of a target, or Compose the name of a service. The empty text is the target without a name. */
    private static boolean isTarget(String name) {
        return name.chars()
                .allMatch(c -> (c >= 'a' && c <= 'z')
                        || (c >= 'A' && c <= 'Z')
                        || (c >= '0' && c <= '9')
                        || c == '_'
                        || c == '-'
                        || c == '.');
    }

    /**
     * Returns the failed target from the client's error, such as {@code target web: failed to solve: …} since buildx 0.29. Null if the
     * error does not name it.
     */
    public static @Nullable String ofFailure(@Nullable String why) {
        int end = why != null && why.startsWith(TARGET) ? why.indexOf(": failed to ") : -1;
        return why == null || end < 0 ? null : why.substring(TARGET.length(), end);
    }

    /** Returns the word that may be a target: the first one in the bracket, or an empty text if there is no bracket. */
    public static String first(String name) {
        int end = name.startsWith("[") ? endOfFirst(name) : 0;
        return end == 0 ? "" : name.substring(1, end);
    }

    /** Returns the name without the target at its beginning. */
    public static String without(String name) {
        int end = endOfFirst(name);
        // "[web] exporting" becomes "exporting", and "[web internal] load" becomes "[internal] load".
        return name.charAt(end) == ']' ? name.substring(end + 1).stripLeading() : "[" + name.substring(end + 1);
    }

    private static int endOfFirst(String name) {
        for (int i = 1; i < name.length(); i++) {
            if (name.charAt(i) == ' ' || name.charAt(i) == ']') {
                return i;
            }
        }
        return 0;
    }
}
