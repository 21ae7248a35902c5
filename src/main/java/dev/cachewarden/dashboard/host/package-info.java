/** The pages of one host: its properties and cache, and the forms to add, change, and remove a host. */
@NullMarked
package dev.cachewarden.dashboard.host;

import org.jspecify.annotations.NullMarked;
