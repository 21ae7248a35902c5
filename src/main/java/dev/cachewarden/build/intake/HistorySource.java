package dev.cachewarden.build.intake;

import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.HostCapabilities;
import dev.cachewarden.host.HostConnection;

/**
 * The connection for reading the build history of a builder.
 *
 * @param builder builder that owns the builds
 */
record HistorySource(HostConnection host, HostCapabilities capabilities, BuilderId builder) {}
