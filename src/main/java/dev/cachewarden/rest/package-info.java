/**
 * Shared parts of the REST API: error responses for bad input, missing resources, and conflicts (RFC 9457). Pages show the same problems as
 * text. The module is open, because every feature may use {@code rest.list}, too.
 */
@ApplicationModule(
        type = ApplicationModule.Type.OPEN,
        allowedDependencies = {"store"})
@NullMarked
package dev.cachewarden.rest;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
