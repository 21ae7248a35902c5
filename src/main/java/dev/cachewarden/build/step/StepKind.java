package dev.cachewarden.build.step;

/** What sort of step it is. */
public enum StepKind {
    RUN(true),
    COPY(true),
    ADD(true),
    WORKDIR(true),
    /** Any other instruction that makes a layer. */
    OTHER_INSTRUCTION(true),
    /** Getting a base image; BuildKit never calls it cached. */
    FROM(false),
    /** Sending the Dockerfile, {@code .dockerignore} and the context. */
    TRANSFER(false),
    /** Asking a registry what a name means, and its tokens. */
    METADATA(false),
    EXPORT(false),
    CACHE_IMPORT(false),
    CACHE_EXPORT(false),
    INTERNAL(false);

    private final boolean cacheable;

    StepKind(boolean cacheable) {
        this.cacheable = cacheable;
    }

    /** Whether BuildKit looks for its result in the cache. */
    public boolean cacheable() {
        return cacheable;
    }
}
