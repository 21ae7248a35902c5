/** Tests of what all of the REST interface has in common. */
@NullMarked
package dev.cachewarden.rest;

import org.jspecify.annotations.NullMarked;
