/** The configuration file over REST. */
@NullMarked
package dev.cachewarden.config.web;

import org.jspecify.annotations.NullMarked;
