/** Conversion between Java values and database columns. */
@NamedInterface("column")
@NullMarked
package dev.cachewarden.store.column;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
