/** Reads {@code --progress=rawjson}: one JSON object a line, as BuildKit UI 0.13 and newer write it. Way in: RawJsonReader. */
@NullMarked
package dev.cachewarden.progress.json;

import org.jspecify.annotations.NullMarked;
