/** What policies have in mind with a single record. Deletes nothing. */
@NamedInterface("outlook")
@NullMarked
package dev.cachewarden.prune.outlook;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
