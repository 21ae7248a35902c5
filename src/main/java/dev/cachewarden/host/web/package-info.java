/** The REST API for hosts. */
@NullMarked
package dev.cachewarden.host.web;

import org.jspecify.annotations.NullMarked;
