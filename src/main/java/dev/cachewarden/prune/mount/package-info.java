/** Cache mounts over all hosts: what each holds, where, and which policies pin it. Deletes nothing. */
@NamedInterface("mount")
@NullMarked
package dev.cachewarden.prune.mount;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
