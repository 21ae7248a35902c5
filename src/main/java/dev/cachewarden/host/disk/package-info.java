/**
 * The disk under a host's data root: where it is asked for, and what was said. Measuring is not done here: {@link
 * dev.cachewarden.host.disk.DiskProber} is filled by {@code engine}.
 */
@NamedInterface("disk")
@NullMarked
package dev.cachewarden.host.disk;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
