/** Reads bytes as hosts, policies, and pins, strictly: an unknown part is never ignored, but reported as an error with its line. */
@NullMarked
package dev.cachewarden.configfile.read;

import org.jspecify.annotations.NullMarked;
