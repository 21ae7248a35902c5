/** What tests of several packages use. */
@NullMarked
package dev.cachewarden.testing;

import org.jspecify.annotations.NullMarked;
