/** The storage and the probing of hosts. Hidden behind {@link dev.cachewarden.host.HostRegistry}. */
@NullMarked
package dev.cachewarden.host.registry;

import org.jspecify.annotations.NullMarked;
