/** The REST API for channels. */
@NullMarked
package dev.cachewarden.notify.web;

import org.jspecify.annotations.NullMarked;
