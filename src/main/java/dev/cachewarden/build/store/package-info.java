/** The storage of builds in the database. */
@NamedInterface("store")
@NullMarked
package dev.cachewarden.build.store;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
