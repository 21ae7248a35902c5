/** What tests need from the machine they run on, and what happens where it is missing. */
@NullMarked
package dev.cachewarden.testing;

import org.jspecify.annotations.NullMarked;
