/** Builds over REST. */
@NullMarked
package dev.cachewarden.build.web;

import org.jspecify.annotations.NullMarked;
