/** Hosts over REST. */
@NullMarked
package dev.cachewarden.host.web;

import org.jspecify.annotations.NullMarked;
