/** The REST API for plans and runs. */
@NullMarked
package dev.cachewarden.prune.web;

import org.jspecify.annotations.NullMarked;
