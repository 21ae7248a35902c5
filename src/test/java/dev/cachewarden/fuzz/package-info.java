/** What nobody should send, sent to everything that takes input. */
@NullMarked
package dev.cachewarden.fuzz;

import org.jspecify.annotations.NullMarked;
