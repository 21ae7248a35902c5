/**
 * What the vertices of a build mean to a person: which instruction of which stage, of what kind and class. Pure functions of what BuildKit
 * said; no clock, no store.
 */
@NamedInterface("step")
@NullMarked
package dev.cachewarden.build.step;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
