/** Export of planned records and their outcomes as files, the same from the pages and over REST. */
@NamedInterface("csv")
@NullMarked
package dev.cachewarden.prune.csv;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
