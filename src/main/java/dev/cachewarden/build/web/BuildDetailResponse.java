package dev.cachewarden.build.web;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;

/**
 * A build, with what takes a look at those before it.
 *
 * @param contextGrowth null: it sent no more than usual, or too few builds are known
 */
record BuildDetailResponse(
        @JsonUnwrapped BuildResponse build, @Nullable GrowthResponse contextGrowth) {}
