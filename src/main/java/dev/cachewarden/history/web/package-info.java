/** REST endpoints of records, builders, and usage. */
@NullMarked
package dev.cachewarden.history.web;

import org.jspecify.annotations.NullMarked;
