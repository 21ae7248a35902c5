package dev.cachewarden.build;

/** The source of a build. */
public enum BuildSource {
    /** The build history of the builder. */
    HISTORY,
    /** An uploaded log. */
    UPLOAD
}
