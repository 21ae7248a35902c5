/**
 * What each HTTP request needs, how it shows who makes it, and what it is told when that is not enough.
 */
@NullMarked
package dev.cachewarden.access.web;

import org.jspecify.annotations.NullMarked;
