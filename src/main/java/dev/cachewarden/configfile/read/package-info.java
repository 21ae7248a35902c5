/** From bytes to hosts, policies, and pins, strictly: what is not understood is refused, never passed over, and told with its line. */
@NullMarked
package dev.cachewarden.configfile.read;

import org.jspecify.annotations.NullMarked;
