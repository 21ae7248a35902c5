/**
 * A client of BuildKit's gRPC service {@code moby.buildkit.v1.Control}. It supports three ways of access: the upgrade of an engine's
 * {@code /grpc}, plain HTTP/2 on the engine's socket, and a separate buildkitd.
 */
@NullMarked
package dev.cachewarden.engine.buildkit;

import org.jspecify.annotations.NullMarked;
