/**
 * Estimates how large a build cache should be, and which records are cheapest to lose, from uses of records and their rebuild times.
 * Contains only pure functions, without a clock or a store.
 */
@NamedInterface("size")
@NullMarked
package dev.cachewarden.build.analysis.size;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
