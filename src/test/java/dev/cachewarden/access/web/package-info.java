/** Tests of what each request needs and is told. */
@NullMarked
package dev.cachewarden.access.web;

import org.jspecify.annotations.NullMarked;
