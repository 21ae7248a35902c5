/**
 * Reads {@code --progress=plain}, which is meant for people: all dialects from Docker CLI 18.09 to today's buildx. Way in: PlainReader.
 * The grammar is that of BuildKit's util/progress/progressui/printer.go, whose versions differ in small things, each noted where it is read.
 */
@NullMarked
package dev.cachewarden.progress.plain;

import org.jspecify.annotations.NullMarked;
