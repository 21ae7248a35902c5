package dev.cachewarden.build.analysis;

import dev.cachewarden.build.steps.StepKind;

/** The kind of work that a build spends time on. */
public enum WorkKind {
    /** Transfer of the context, and downloads of files and repositories. */
    TRANSFER,
    /** Image pull. */
    PULL,
    /** Execution of commands. */
    EXEC,
    /** File operation: copies files or creates folders. */
    FILES,
    EXPORT,
    CACHE_IMPORT,
    CACHE_EXPORT,
    /** Requests to registries. */
    METADATA,
    OTHER;

    public static WorkKind of(StepKind kind) {
        return switch (kind) {
            case RUN -> EXEC;
            case COPY, ADD, WORKDIR, OTHER_INSTRUCTION -> FILES;
            case FROM -> PULL;
            case TRANSFER -> TRANSFER;
            case METADATA -> METADATA;
            case EXPORT -> EXPORT;
            case CACHE_IMPORT -> CACHE_IMPORT;
            case CACHE_EXPORT -> CACHE_EXPORT;
            case INTERNAL -> OTHER;
        };
    }
}
