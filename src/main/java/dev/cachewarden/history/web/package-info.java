/** Records, builders and usage over REST. */
@NullMarked
package dev.cachewarden.history.web;

import org.jspecify.annotations.NullMarked;
