/** Tests of the whole: its structure, and the application end to end. */
@NullMarked
package dev.cachewarden;

import org.jspecify.annotations.NullMarked;
