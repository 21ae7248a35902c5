/** Follows what builders remember of their builds, as they happen. */
@NullMarked
package dev.cachewarden.build.follow;

import org.jspecify.annotations.NullMarked;
