/**
 * Selects the transport to a host, HTTP or gRPC, from the result of its probe. Implements the ports of {@code engine},
 * {@code engine.pruning}, and {@code host}; other packages use only those ports.
 */
@NullMarked
package dev.cachewarden.engine.route;

import org.jspecify.annotations.NullMarked;
