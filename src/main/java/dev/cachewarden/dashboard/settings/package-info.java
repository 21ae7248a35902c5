/** The pages of the user's own account, users, tokens, the audit log, the configuration file, and the REST API. */
@NullMarked
package dev.cachewarden.dashboard.settings;

import org.jspecify.annotations.NullMarked;
