/** Builds over REST, and the patience that a log needs which is sent while its build runs. */
@NullMarked
package dev.cachewarden.build.web;

import org.jspecify.annotations.NullMarked;
