/** What tests of pruning share: hosts, engines and time under their hand. */
@NullMarked
package dev.cachewarden.prune;

import org.jspecify.annotations.NullMarked;
