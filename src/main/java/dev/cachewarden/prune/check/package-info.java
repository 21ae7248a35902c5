/** What is allowed in a policy and may not be meant: by its content alone, and by what is known of the hosts it is for. */
@NamedInterface("check")
@NullMarked
package dev.cachewarden.prune.check;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
