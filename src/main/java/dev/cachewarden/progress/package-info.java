/**
 * The progress of a build as BuildKit reports it: its vertices, their transfers, and their output. The values are the same for all sources:
 * gRPC, {@code --progress=rawjson}, and {@code --progress=plain}. This package does not depend on Spring, a database, or an engine. The
 * package {@code build} interprets the vertices.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.cachewarden.progress;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
