/**
 * A policy in other formats: the settings of an engine, and a Cachewarden configuration file. Lists what a format cannot express.
 */
@NamedInterface("export")
@NullMarked
package dev.cachewarden.policy.export;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
