/** Compares the file with what is stored, has it applied, and watches it. */
@NullMarked
package dev.cachewarden.configfile.apply;

import org.jspecify.annotations.NullMarked;
