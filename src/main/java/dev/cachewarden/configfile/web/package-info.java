/** REST endpoints of the configuration file. */
@NullMarked
package dev.cachewarden.configfile.web;

import org.jspecify.annotations.NullMarked;
