/** Forecasts of what policies will do with a single record. This package deletes nothing. */
@NamedInterface("outlook")
@NullMarked
package dev.cachewarden.prune.outlook;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
