/**
 * Chooses the way to a host, HTTP API or gRPC, from what its probe found, and measures its disk: on the local file system, through a
 * node_exporter, or with {@code df} over SSH. Implements the ports of {@code engine}, {@code engine.pruning}, and {@code host}, and is used only
 * through them.
 */
@NullMarked
package dev.cachewarden.engine.connection;

import org.jspecify.annotations.NullMarked;
