/**
 * The steps of a build: names, kinds, instructions, classes, and the rules by which a project groups them.
 */
@NullMarked
package dev.cachewarden.build.steps;

import org.jspecify.annotations.NullMarked;
