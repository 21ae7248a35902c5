/** The REST API for policies: their content, versions, drafts, previews, exports, and templates. */
@NullMarked
package dev.cachewarden.prune.web.policy;

import org.jspecify.annotations.NullMarked;
