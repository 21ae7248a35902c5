/** Planned records and what became of them as files to take along, the same from the pages and over REST. */
@NamedInterface("csv")
@NullMarked
package dev.cachewarden.prune.csv;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
