/** What is done again and again while the service is up. */
@NullMarked
package dev.cachewarden.build.repeat;

import org.jspecify.annotations.NullMarked;
