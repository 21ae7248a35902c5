/**
 * What BuildKit says of a build while it runs, as values: its vertices, what they transferred, what they printed. The same whether it came
 * over gRPC, as {@code --progress=rawjson} or as {@code --progress=plain}. Nothing here knows of Spring, of a database or of an engine, nor
 * of what a vertex means to a person; the package {@code build} does.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.cachewarden.progress;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
