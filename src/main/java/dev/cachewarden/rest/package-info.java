/**
 * Shared parts of the REST API: error responses for bad input, missing resources, and conflicts (RFC 9457), paging of lists, and CSV
 * output. Pages show the same problems as text.
 */
@ApplicationModule(allowedDependencies = {"store"})
@NullMarked
package dev.cachewarden.rest;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
