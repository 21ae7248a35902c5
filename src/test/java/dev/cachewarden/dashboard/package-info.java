/** Tests of the pages, with hosts and history made up. */
@NullMarked
package dev.cachewarden.dashboard;

import org.jspecify.annotations.NullMarked;
