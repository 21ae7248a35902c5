/** A policy in the form of others: an engine's own settings, and a file of ours. What a form cannot say is told beside it. */
@NamedInterface("export")
@NullMarked
package dev.cachewarden.prune.export;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
