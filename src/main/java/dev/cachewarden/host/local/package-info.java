/** The search for an engine on this machine at the first start. Hidden behind {@link dev.cachewarden.host.LocalEngine}. */
@NullMarked
package dev.cachewarden.host.local;

import org.jspecify.annotations.NullMarked;
