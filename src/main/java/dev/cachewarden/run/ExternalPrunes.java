package dev.cachewarden.run;

import dev.cachewarden.host.BuilderId;
import dev.cachewarden.rest.list.Page;
import org.jspecify.annotations.Nullable;

/** The external prunes that were found. */
public interface ExternalPrunes {

    /**
     * Returns the external prunes of one builder, newest first.
     *
     * @param after the cursor from the previous page, or null to start at the newest
     * @param limit from 1 to 1,000
     */
    Page<ExternalPrune> list(BuilderId builder, @Nullable String after, int limit);
}
