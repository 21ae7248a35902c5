/** {@code moby.buildkit.v1.Control} of all simulated engines: one server in the JVM, reached from each engine's connections. */
@NullMarked
package dev.cachewarden.simulator.grpc;

import org.jspecify.annotations.NullMarked;
