/**
 * Reads the two formats of a build's progress, in all variants from Docker CLI 18.09 to the current buildx. RawJsonReader reads
 * {@code --progress=rawjson}: one JSON object per line, as written by BuildKit UI 0.13 and later. PlainReader reads {@code --progress=plain},
 * the format for users. The grammar is that of BuildKit's util/progress/progressui/printer.go. Its versions differ in details, which comments
 * explain in the code that reads them.
 */
@NullMarked
package dev.cachewarden.progress.format;

import org.jspecify.annotations.NullMarked;
