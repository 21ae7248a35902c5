/**
 * Ways to measure a disk: the local file system, a node_exporter, {@code df} over SSH. Fills the port of {@code host.disk}; used
 * through that only.
 */
@NullMarked
package dev.cachewarden.engine.disk;

import org.jspecify.annotations.NullMarked;
