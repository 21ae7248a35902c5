/** Tests of accounts, tokens and the audit trail. */
@NullMarked
package dev.cachewarden.access;

import org.jspecify.annotations.NullMarked;
