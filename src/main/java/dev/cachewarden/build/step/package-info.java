/**
 * The conversion of the vertices of a build to steps for users: the instruction, the stage, the kind, and the class. All functions depend
 * only on the output of BuildKit, without a clock or a store.
 */
@NamedInterface("step")
@NullMarked
package dev.cachewarden.build.step;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
