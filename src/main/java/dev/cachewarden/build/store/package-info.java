/** The storage of builds in the database. */
@NullMarked
package dev.cachewarden.build.store;

import org.jspecify.annotations.NullMarked;
