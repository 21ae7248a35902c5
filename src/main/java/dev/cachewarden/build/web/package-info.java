/** The REST API for builds, and the longer read timeout for logs that are sent while their builds run. */
@NamedInterface("web")
@NullMarked
package dev.cachewarden.build.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
