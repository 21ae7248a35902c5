/** The pages of one host: what it is and holds, and the forms to add, change and forget one. */
@NullMarked
package dev.cachewarden.dashboard.host;

import org.jspecify.annotations.NullMarked;
