package dev.cachewarden.build.step;

/** What a step does for the person who wrote it; the layers that build guides speak of. */
public enum StepClass {
    BASE_IMAGE,
    /** Packages of the operating system. */
    SYSTEM_PACKAGES,
    /** Packages of a language: pip, npm, Maven, Go modules and so on. */
    LANGUAGE_PACKAGES,
    MODELS_AND_DATA,
    COMPILE,
    APPLICATION_CODE,
    /** Folders, users, settings: what is none of the others. */
    SETUP,
    TRANSFER,
    EXPORT,
    /** Looking for a cache that was exported before; says nothing of the builder's own. */
    CACHE_IMPORT,
    /** Handing out the cache, for other builders. */
    CACHE_EXPORT,
    INTERNAL
}
