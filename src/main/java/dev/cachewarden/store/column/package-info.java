/** How values stand in columns of the database. */
@NamedInterface("column")
@NullMarked
package dev.cachewarden.store.column;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
