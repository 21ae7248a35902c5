/** The application's start. What it does lies in the packages below, one a capability. */
@NullMarked
package dev.cachewarden;

import org.jspecify.annotations.NullMarked;
