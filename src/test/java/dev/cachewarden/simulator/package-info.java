/**
 * Docker Engines that are not there: simulated ones, cheap enough for a thousand in one JVM, speaking HTTP and gRPC on real
 * sockets as engines of several generations do, well or ill. For tests, the demo fleet and benchmarks. Whatever differs from a
 * real engine is a fault here; {@code BuildCacheContract} is run against both.
 */
@NullMarked
package dev.cachewarden.simulator;

import org.jspecify.annotations.NullMarked;
