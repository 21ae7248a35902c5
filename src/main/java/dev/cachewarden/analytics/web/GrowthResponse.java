package dev.cachewarden.analytics.web;

import dev.cachewarden.build.analysis.ContextGrowth;
import java.time.Instant;

/**
 * The growth of the build context of a project, if its latest builds send much more to the builder than the builds before.
 *
 * @param beforeBytes median context transfer of the builds before the growth, in bytes
 * @param nowBytes median context transfer of the builds since the growth, in bytes
 * @param sinceBuildId ID of the first build that sent more
 * @param text description with all figures
 * @param buildsBefore number of builds before the growth that were compared
 * @param buildsSince number of builds since the growth
 */
record GrowthResponse(
        long beforeBytes,
        int buildsBefore,
        long nowBytes,
        int buildsSince,
        long sinceBuildId,
        Instant since,
        String text) {

    static GrowthResponse of(ContextGrowth growth) {
        return new GrowthResponse(
                growth.before(),
                growth.buildsBefore(),
                growth.now(),
                growth.buildsSince(),
                growth.since(),
                growth.at(),
                growth.text());
    }
}
