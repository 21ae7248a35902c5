package dev.cachewarden.prune.external;

import dev.cachewarden.host.BuilderId;
import dev.cachewarden.rest.Page;
import org.jspecify.annotations.Nullable;

/** What was found of prunes by others. */
public interface ExternalPrunes {

    /**
     * Of one builder, newest first.
     *
     * @param after cursor from the part before; null: from the newest
     * @param limit from 1 to 1,000
     */
    Page<ExternalPrune> list(BuilderId builder, @Nullable String after, int limit);
}
