/** Cache mounts on all hosts: their sizes, their hosts, and the policies that pin them. This package deletes nothing. */
@NamedInterface("mount")
@NullMarked
package dev.cachewarden.prune.mount;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
