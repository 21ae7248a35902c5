/** Policies over REST: what they say, how they came to, what they would do. */
@NullMarked
package dev.cachewarden.prune.web.policy;

import org.jspecify.annotations.NullMarked;
