/**
 * What all of the REST interface has in common: how bad input, missing things and conflicts are told (RFC 9457), how
 * lists are paged, and how CSV is written. Pages show the same problems in words.
 */
@ApplicationModule(allowedDependencies = {"store"})
@NullMarked
package dev.cachewarden.rest;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
