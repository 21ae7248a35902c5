package dev.cachewarden.buildcache;

/**
 * The type that BuildKit assigns to a cache record. The set is open: an unknown type keeps its name.
 *
 * @param name as in BuildKit, such as {@code exec.cachemount}; an empty name becomes {@link #UNKNOWN}
 */
public record RecordType(String name) implements Comparable<RecordType> {

    /** Image layers, results of RUN and COPY, and downloads: all records that BuildKit does not mark otherwise. */
    public static final RecordType REGULAR = new RecordType("regular");

    /** Files sent by a client: build contexts and Dockerfiles. */
    public static final RecordType SOURCE_LOCAL = new RecordType("source.local");

    /** The checkout of a Git source, without the repository that its checkouts share. */
    public static final RecordType SOURCE_GIT_CHECKOUT = new RecordType("source.git.checkout");

    /** The directory of a {@code RUN --mount=type=cache}. */
    public static final RecordType EXEC_CACHEMOUNT = new RecordType("exec.cachemount");

    /** Layers of an external frontend, named by {@code # syntax=}. */
    public static final RecordType FRONTEND = new RecordType("frontend");

    /** Records that a client or a frontend marked as internal. */
    public static final RecordType INTERNAL = new RecordType("internal");

    /** The type of a record whose type was not reported. */
    public static final RecordType UNKNOWN = new RecordType("unknown");

    public RecordType {
        if (name.isBlank()) {
            name = "unknown";
        }
    }

    /** Returns true for internal and frontend records, which a prune keeps unless it covers all records. */
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
