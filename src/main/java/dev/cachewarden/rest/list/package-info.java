/** Lists of the REST API: their pages, the cursors and filters in their addresses, and the same lists as CSV. */
@NullMarked
package dev.cachewarden.rest.list;

import org.jspecify.annotations.NullMarked;
