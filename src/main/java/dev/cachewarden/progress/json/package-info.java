/**
 * Reads {@code --progress=rawjson}: one JSON object per line, as written by BuildKit UI 0.13 and later. The entry point is RawJsonReader.
 */
@NullMarked
package dev.cachewarden.progress.json;

import org.jspecify.annotations.NullMarked;
