/**
 * What the steps of builds tell: how often the cache had them, where the time went, what a build did anew and why. Pure functions of steps;
 * no clock, no store.
 */
@NamedInterface("analysis")
@NullMarked
package dev.cachewarden.build.analysis;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
