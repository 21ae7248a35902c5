/** What tests of several packages need: a real PostgreSQL, real engines, a real browser, and how to do without. */
@NullMarked
package dev.cachewarden.testing;

import org.jspecify.annotations.NullMarked;
