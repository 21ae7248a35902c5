package dev.cachewarden.build;

/** Where a build is known from. */
public enum BuildSource {
    /** Its builder remembered it. */
    HISTORY,
    /** Somebody sent its log. */
    UPLOAD
}
