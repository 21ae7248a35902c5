package dev.cachewarden.build.steps;

/** The purpose of a step for the author of the Dockerfile. The classes correspond to the layers that build guides describe. */
public enum StepClass {
    BASE_IMAGE,
    /** Installs packages of the operating system. */
    SYSTEM_PACKAGES,
    /** Installs packages of a language: pip, npm, Maven, Go modules, and so on. */
    LANGUAGE_PACKAGES,
    MODELS_AND_DATA,
    COMPILE,
    APPLICATION_CODE,
    /** Creates directories or users, or changes settings; also the class for all other instructions. */
    SETUP,
    TRANSFER,
    EXPORT,
    /** Looks for a cache that was exported before. It does not describe the builder's own cache. */
    CACHE_IMPORT,
    /** Exports the cache for other builders. */
    CACHE_EXPORT,
    INTERNAL
}
