/**
 * BuildKit's gRPC service {@code moby.buildkit.v1.Control}, over each way there is to it: the upgrade of an
 * engine's {@code /grpc}, plain HTTP/2 on the engine's socket, and a buildkitd of its own.
 */
@NullMarked
package dev.cachewarden.engine.buildkit;

import org.jspecify.annotations.NullMarked;
