package dev.cachewarden.build.follow;

import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.HostCapabilities;
import dev.cachewarden.host.HostConnection;

/**
 * Whom to ask for builds.
 *
 * @param builder the one whose builds they are
 */
record HistorySource(HostConnection host, HostCapabilities capabilities, BuilderId builder) {}
