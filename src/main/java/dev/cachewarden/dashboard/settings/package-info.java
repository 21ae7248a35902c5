/** The pages of oneself, of accounts, tokens and the audit trail, and of the REST interface. */
@NullMarked
package dev.cachewarden.dashboard.settings;

import org.jspecify.annotations.NullMarked;
