/** Compares the file with the stored configuration, applies it, and watches it. */
@NullMarked
package dev.cachewarden.configfile.apply;

import org.jspecify.annotations.NullMarked;
