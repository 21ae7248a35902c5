/** Tests of hosts and their addresses. */
@NullMarked
package dev.cachewarden.host;

import org.jspecify.annotations.NullMarked;
