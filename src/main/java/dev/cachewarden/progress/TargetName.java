package dev.cachewarden.progress;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Names of vertices of several builds at once: {@code docker buildx bake} and Compose put the target before what BuildKit calls a vertex,
 * {@code [web internal] load .dockerignore}, {@code [web build 2/5] RUN make}, {@code [web] exporting to image}. BuildKit itself, and its
 * history, know nothing of it.
 */
public final class TargetName {

    /** What reads how to build; begins every build with a Dockerfile. */
    private static final List<String> LOADS = List.of(
            "internal] load build definition from ",
            "internal] load .dockerignore",
            "internal] load remote build context",
            "internal] load git source ");

    /** How the names begin of what BuildKit and buildx do around the instructions. A wrapper such as Depot's has other words in its bracket's line. */
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

    /** The target whose Dockerfile a vertex loads; empty: it has no name, as it is built alone; null: it loads none. */
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
                // A platform is none.
                return isTarget(target) ? target : null;
            }
        }
        return null;
    }

    /** Whether a vertex tells what targets there are: it is of no build, and comes before the first. */
    public static boolean isOfBake(String name) {
        return name.startsWith("[internal] load ") && name.endsWith(" bake definitions");
    }

    /**
     * Whether a name surely begins with a target: {@code [web internal] load …} or {@code [web build 1/2] RUN …}. {@code [build 1/2]} may begin
     * with a stage.
     */
    static boolean hasTarget(String name) {
        String target = ofLoad(name);
        if (target != null) {
            return !target.isEmpty();
        }
        var place = StagePlace.of(name);
        String stage = place == null ? "" : place.stage();
        return stage.indexOf(' ') > 0 && stage.lastIndexOf('/', stage.indexOf(' ')) < 0;
    }

    /** The target that a name begins with where all do; empty if this one does not. */
    static String target(String name) {
        String first = first(name);
        int end = first.length() + 1;
        boolean alone = name.startsWith("] ", end);
        boolean around = !alone || AROUND.stream().anyMatch(beginning -> name.startsWith(beginning, end + 2));
        return around && isTarget(first) && !first.equals("internal") && !first.equals("auth") ? first : "";
    }

    /** Whether bake accepts it as the name of a target, or Compose as that of a service; empty text is the target without a name. */
    private static boolean isTarget(String name) {
        return name.chars()
                .allMatch(c -> (c >= 'a' && c <= 'z')
                        || (c >= 'A' && c <= 'Z')
                        || (c >= '0' && c <= '9')
                        || c == '_'
                        || c == '-'
                        || c == '.');
    }

    /** The target that failed, by what the client said: {@code target web: failed to solve: …}, since buildx 0.29; null: it does not tell. */
    public static @Nullable String ofFailure(@Nullable String why) {
        int end = why != null && why.startsWith(TARGET) ? why.indexOf(": failed to ") : -1;
        return why == null || end < 0 ? null : why.substring(TARGET.length(), end);
    }

    /** The word that may be a target's: the first in the bracket; empty if there is no bracket. */
    public static String first(String name) {
        int end = name.startsWith("[") ? endOfFirst(name) : 0;
        return end == 0 ? "" : name.substring(1, end);
    }

    /** The name without the target that it begins with. */
    public static String without(String name) {
        int end = endOfFirst(name);
        // "[web] exporting" is "exporting", "[web internal] load" is "[internal] load".
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
