/**
 * The disk of a host's data root: its source and its last reading. This package does not measure disks: {@code engine} implements
 * {@link dev.cachewarden.host.disk.DiskProber}.
 */
@NamedInterface("disk")
@NullMarked
package dev.cachewarden.host.disk;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
