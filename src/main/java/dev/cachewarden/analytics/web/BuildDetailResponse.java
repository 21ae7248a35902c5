package dev.cachewarden.analytics.web;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.cachewarden.build.web.BuildResponse;
import org.jspecify.annotations.Nullable;

/**
 * A build with data from a comparison with previous builds.
 *
 * @param contextGrowth growth of the build context, or null if this build sent no more than usual or too few builds are known
 */
record BuildDetailResponse(
        @JsonUnwrapped BuildResponse build, @Nullable GrowthResponse contextGrowth) {}
