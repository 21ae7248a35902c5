package dev.cachewarden.build.web;

import dev.cachewarden.build.analysis.ContextGrowth;
import java.time.Instant;

/**
 * That the latest builds of a project send much more to their builder than those before.
 *
 * @param beforeBytes median of what builds sent before
 * @param nowBytes median of what builds sent since
 * @param sinceBuildId the first that sent more
 * @param text all of it in words
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
