package dev.cachewarden.progress;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Assigns the vertices that load definitions, contexts, images, and frontends to targets. Targets share these vertices, too. If a target
 * lacks a vertex that it needs, it gets one only if the log contains exactly one.
 */
final class SharedLoads {

    private static final String DEFINITION = "[internal] load build definition";
    private static final String IGNORE = "[internal] load .dockerignore";
    private static final String CONTEXT = "[internal] load build context";
    private static final String METADATA = "[internal] load metadata for ";
    private static final String DOCUMENT = "[internal] preparing inline document";
    private static final List<String> REMOTE =
            List.of("[internal] load remote build context", "[internal] load git source");
    private static final List<String> FRONTEND =
            List.of("resolve image config for docker-image://", "docker-image://docker.io/docker/dockerfile");

    private final List<String> names;
    private final boolean whole;
    private final boolean oneDockerfile;

    /**
     * Prepares the search.
     *
     * @param names names of the vertices without their targets
     * @param whole true if no step failed or is missing
     */
    SharedLoads(List<String> names, boolean whole) {
        this.names = names;
        this.whole = whole;
        this.oneDockerfile = all(name -> name.startsWith(DEFINITION)).size() == 1
                && all(SharedLoads::isRemote).isEmpty();
    }

    /** Returns true if all targets use one Dockerfile: one vertex loads it, and there is no other source. */
    boolean haveOneDockerfile() {
        return oneDockerfile;
    }

    /** Returns the vertices of a target that load a Dockerfile. */
    List<Integer> definitions(Set<Integer> own) {
        return all(name -> name.startsWith(DEFINITION)).stream()
                .filter(own::contains)
                .toList();
    }

    /**
     * Adds the vertices that a target certainly loads.
     *
     * @return false if the target may load more
     */
    boolean add(Set<Integer> own) {
        boolean certain = true;
        if (!has(own, SharedLoads::isRemote)) {
            certain = has(own, name -> name.startsWith(DEFINITION)) || addDefinition(own);
            certain &= addOnly(own, name -> name.startsWith(IGNORE));
            if (has(own, SharedLoads::sends)) {
                certain &= addOnly(own, name -> name.startsWith(CONTEXT));
            }
        }
        if (has(own, name -> name.contains("<<"))) {
            certain &= addOnly(own, name -> name.startsWith(DOCUMENT));
        }
        for (int vertex : own) {
            String image = image(names.get(vertex));
            // The image of a named context has metadata that another target loads.
            certain &= image.isEmpty()
                    || has(own, name -> isMetadata(name, image))
                    || all(name -> isMetadata(name, image)).isEmpty();
        }
        certain &= addFrontends(own);
        return certain;
    }

    private boolean addDefinition(Set<Integer> own) {
        var definitions = all(name -> name.startsWith(DEFINITION));
        if (whole && oneDockerfile) {
            own.addAll(definitions);
        }
        return oneDockerfile
                ? own.containsAll(definitions)
                : definitions.isEmpty() && all(SharedLoads::isRemote).isEmpty();
    }

    /** Adds the frontend of the Dockerfile, which all its targets use. */
    private boolean addFrontends(Set<Integer> own) {
        var frontends = all(name -> FRONTEND.stream().anyMatch(name::startsWith));
        if (whole && oneDockerfile) {
            own.addAll(frontends);
        }
        return own.containsAll(frontends);
    }

    /** Adds an image that an instruction copies from. Returns false if the source is not an image in the log. */
    boolean addImage(Set<Integer> own, String source) {
        boolean address = source.chars().anyMatch(c -> ":/@.".indexOf(c) >= 0);
        Predicate<String> from = name -> name.startsWith("FROM ") && isOf(name.substring("FROM ".length()), source);
        return !all(from).isEmpty() ? addOnly(own, from) : address;
    }

    private static boolean isOf(String image, String source) {
        String plain = image.replaceFirst("@sha256:.*$", "");
        String wanted = source.replaceFirst("@sha256:.*$", "");
        return plain.equals(wanted) || plain.endsWith("/" + wanted) || plain.endsWith("/" + wanted + ":latest");
    }

    /**
     * Adds the vertex if the log contains only one. Also returns true if the target already has one or the log contains none, because
     * nothing is missing then.
     */
    private boolean addOnly(Set<Integer> own, Predicate<String> wanted) {
        if (has(own, wanted)) {
            return true;
        }
        var found = all(wanted);
        if (whole && found.size() == 1) {
            own.addAll(found);
            return true;
        }
        return found.isEmpty();
    }

    private boolean has(Set<Integer> own, Predicate<String> wanted) {
        return own.stream().map(names::get).anyMatch(wanted);
    }

    private List<Integer> all(Predicate<String> wanted) {
        return IntStream.range(0, names.size())
                .filter(vertex -> wanted.test(names.get(vertex)))
                .boxed()
                .toList();
    }

    private static boolean isMetadata(String name, String image) {
        return name.startsWith(METADATA) && image.equals(name.substring(METADATA.length()));
    }

    private static boolean isRemote(String name) {
        return REMOTE.stream().anyMatch(name::startsWith);
    }

    /** Returns the image of a stage as its metadata names it, or an empty text for another vertex. */
    private static String image(String name) {
        int from = name.indexOf("] FROM ");
        return from < 0
                ? ""
                : name.substring(from + "] FROM ".length())
                        .replaceFirst("@sha256:.*$", "")
                        .strip();
    }

    /** Returns true if an instruction copies files from the build context. */
    private static boolean sends(String name) {
        boolean copies = name.contains("] COPY ") || name.contains("] ADD ");
        return copies
                && StagePlace.of(name) != null
                && !name.contains("<<")
                && !name.contains("://")
                && CopySources.of(name).isEmpty();
    }
}
