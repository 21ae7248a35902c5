/**
 * Which way to take to a host: the HTTP API or gRPC, by what its probe found. Fills the ports of {@code engine}, {@code
 * engine.pruning} and {@code host}; used through those only.
 */
@NullMarked
package dev.cachewarden.engine.route;

import org.jspecify.annotations.NullMarked;
