/** The Engine API of simulated engines over HTTP/1.1, and the turn from it to HTTP/2. */
@NullMarked
package dev.cachewarden.simulator.http;

import org.jspecify.annotations.NullMarked;
