/**
 * The Engine HTTP API as far as build caches need it, over the transport of docker-java: API versions, the shapes of
 * {@code /system/df}, and errors told apart.
 */
@NullMarked
package dev.cachewarden.engine.docker;

import org.jspecify.annotations.NullMarked;
