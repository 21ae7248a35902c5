/**
 * A client of the part of the Engine HTTP API that concerns build caches, over the transport of docker-java. It handles the API versions,
 * the formats of {@code /system/df}, and the kinds of errors.
 */
@NullMarked
package dev.cachewarden.engine.docker;

import org.jspecify.annotations.NullMarked;
