/** Policies, plans and runs over REST. */
@NullMarked
package dev.cachewarden.prune.web;

import org.jspecify.annotations.NullMarked;
