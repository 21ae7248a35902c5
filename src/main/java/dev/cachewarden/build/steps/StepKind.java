package dev.cachewarden.build.steps;

/** The kind of a step. */
public enum StepKind {
    RUN(true),
    COPY(true),
    ADD(true),
    WORKDIR(true),
    /** Any other instruction that creates a layer. */
    OTHER_INSTRUCTION(true),
    /** Pulls a base image. BuildKit never reports it as cached. */
    FROM(false),
    /** Transfers the Dockerfile, {@code .dockerignore}, and the build context. */
    TRANSFER(false),
    /** Resolves names in a registry, or gets registry tokens. */
    METADATA(false),
    EXPORT(false),
    CACHE_IMPORT(false),
    CACHE_EXPORT(false),
    INTERNAL(false);

    private final boolean cacheable;

    StepKind(boolean cacheable) {
        this.cacheable = cacheable;
    }

    /** Returns whether BuildKit looks up the result in the cache. */
    public boolean cacheable() {
        return cacheable;
    }
}
