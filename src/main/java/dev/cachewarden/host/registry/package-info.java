/** How hosts are stored, and tried out before. Hidden behind {@link dev.cachewarden.host.HostRegistry}. */
@NullMarked
package dev.cachewarden.host.registry;

import org.jspecify.annotations.NullMarked;
