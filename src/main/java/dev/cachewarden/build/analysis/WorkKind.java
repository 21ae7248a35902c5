package dev.cachewarden.build.analysis;

import dev.cachewarden.build.step.StepKind;

/** What a build spends its time on. */
public enum WorkKind {
    /** Sending the context, fetching files and repositories. */
    TRANSFER,
    /** Getting base images. */
    PULL,
    /** Running commands. */
    EXEC,
    /** Copying files, making folders. */
    FILES,
    EXPORT,
    CACHE_IMPORT,
    CACHE_EXPORT,
    /** Asking registries. */
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
