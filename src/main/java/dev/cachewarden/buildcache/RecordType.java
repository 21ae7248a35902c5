package dev.cachewarden.buildcache;

/**
 * The type BuildKit gives a cache record. An open set: a type this version does not know is kept as it came.
 *
 * @param name as BuildKit writes it, such as {@code exec.cachemount}; empty names become {@link #UNKNOWN}
 */
public record RecordType(String name) implements Comparable<RecordType> {

    /** Image layers, results of RUN and COPY, downloads: all that BuildKit does not mark otherwise. */
    public static final RecordType REGULAR = new RecordType("regular");

    /** What a client sent: contexts, Dockerfiles. */
    public static final RecordType SOURCE_LOCAL = new RecordType("source.local");

    /** The checkout of a git source, without the repository shared by its checkouts. */
    public static final RecordType SOURCE_GIT_CHECKOUT = new RecordType("source.git.checkout");

    /** The folder of a {@code RUN --mount=type=cache}. */
    public static final RecordType EXEC_CACHEMOUNT = new RecordType("exec.cachemount");

    /** Layers of an external frontend, named by {@code # syntax=}. */
    public static final RecordType FRONTEND = new RecordType("frontend");

    /** Marked internal by a client or a frontend. */
    public static final RecordType INTERNAL = new RecordType("internal");

    /** Stands for a record whose type was not told. */
    public static final RecordType UNKNOWN = new RecordType("unknown");

    public RecordType {
        if (name.isBlank()) {
            name = "unknown";
        }
    }

    /** Whether a prune spares it unless asked for all: internal and frontend records. */
    public boolean prunedOnlyOnRequest() {
        return equals(INTERNAL) || equals(FRONTEND);
    }

    @Override
    public int compareTo(RecordType other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
