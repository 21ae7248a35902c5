package dev.cachewarden.build.analysis;

/**
 * What had changed when somebody built again. Where several things had, the first of these: it is the one that explains how long the build
 * took.
 */
public enum Scenario {
    /** No build like it is known from before. */
    FIRST,
    /** With {@code --no-cache}. */
    FORCED,
    PLATFORM_CHANGED,
    BASE_IMAGE_CHANGED,
    /** What an earlier build had made was deleted since. */
    CACHE_LOST,
    DOCKERFILE_CHANGED,
    /** A build argument had another value. */
    ARGUMENT_CHANGED,
    /** Another target, which needs steps that the one before did not. */
    TARGET_CHANGED,
    /** Files that tell which packages to install. */
    DEPENDENCIES_CHANGED,
    /** Files with models or data. */
    MODELS_CHANGED,
    /** Any other files. */
    CODE_CHANGED,
    /** The build before did not come to its end. */
    RETRIED,
    /** All came from the cache, but for what never does. */
    UNCHANGED,
    /** Something had to be made anew, and what is known does not tell why. */
    UNKNOWN
}
