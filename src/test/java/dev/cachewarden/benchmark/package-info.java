/**
 * Speed and memory, measured against named peers in the same run: {@code ./mvnw -Pbenchmark verify}. Prints ratios; asserts only
 * that what was timed did what it should.
 */
@NullMarked
package dev.cachewarden.benchmark;

import org.jspecify.annotations.NullMarked;
