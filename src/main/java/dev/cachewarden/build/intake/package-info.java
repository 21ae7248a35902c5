/** The one door through which builds come in: what must not be stored is taken out here, and what a build belongs to is told here. */
@NullMarked
package dev.cachewarden.build.intake;

import org.jspecify.annotations.NullMarked;
