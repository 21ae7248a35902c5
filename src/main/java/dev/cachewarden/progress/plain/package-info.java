/**
 * Reads {@code --progress=plain}, the format for users, in all variants from Docker CLI 18.09 to the current buildx. The entry point is
 * PlainReader. The grammar is that of BuildKit's util/progress/progressui/printer.go. Its versions differ in details, which comments
 * explain in the code that reads them.
 */
@NullMarked
package dev.cachewarden.progress.plain;

import org.jspecify.annotations.NullMarked;
