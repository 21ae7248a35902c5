package dev.cachewarden.build.analysis;

/**
 * The main change since the previous build. If several things changed, the first applicable constant counts, because it explains the
 * duration of the build.
 */
public enum Scenario {
    /** No comparable earlier build is known. */
    FIRST,
    /** The build ran with {@code --no-cache}. */
    FORCED,
    BASE_IMAGE_CHANGED,
    /** The result of an earlier build was deleted from the cache. */
    CACHE_LOST,
    DOCKERFILE_CHANGED,
    /** A build argument had a different value. */
    ARGUMENT_CHANGED,
    /** Files that list the packages to install changed. */
    DEPENDENCIES_CHANGED,
    /** Files with models or data changed. */
    MODELS_CHANGED,
    /** Other files changed. */
    CODE_CHANGED,
    /** The previous build did not finish. */
    RETRIED,
    /** All steps came from the cache, except steps that are never cached. */
    UNCHANGED,
    /** A step had to run, and the known data does not explain why. */
    UNKNOWN
}
