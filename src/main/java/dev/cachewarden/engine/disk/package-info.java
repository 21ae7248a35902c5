/**
 * Ways to measure a disk: the local file system, a node_exporter, and {@code df} over SSH. Implements the port of {@code host.disk}; other
 * packages use only that port.
 */
@NullMarked
package dev.cachewarden.engine.disk;

import org.jspecify.annotations.NullMarked;
