/**
 * Which cache records hold what steps made, and so how large it is. Builders do not tell; instructions, times and parents do, some more surely
 * than others.
 */
@NamedInterface("held")
@NullMarked
package dev.cachewarden.build.held;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
