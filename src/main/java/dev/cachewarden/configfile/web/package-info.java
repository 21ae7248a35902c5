/** The configuration file over REST. */
@NullMarked
package dev.cachewarden.configfile.web;

import org.jspecify.annotations.NullMarked;
