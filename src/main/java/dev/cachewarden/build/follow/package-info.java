/** Followers that read the build history of builders in real time. */
@NullMarked
package dev.cachewarden.build.follow;

import org.jspecify.annotations.NullMarked;
