package dev.cachewarden.build;

import dev.cachewarden.host.BuilderId;
import org.jspecify.annotations.Nullable;

/**
 * An event: a build ended, and its steps and its comparison are stored. It is published once for a build, even if the build arrives from
 * its builder and as an upload. Lost builds and interrupted uploads publish none, because their end may still arrive.
 *
 * @param builder the builder, or null if the log was uploaded without a host
 */
public record BuildEnded(BuildId build, @Nullable BuilderId builder, String project, BuildState state) {}
