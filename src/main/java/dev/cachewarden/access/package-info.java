/**
 * Access control: accounts, API tokens, the rights that each request needs ({@code AccessRules}), and the audit log. Pages and other
 * packages use {@link dev.cachewarden.access.Accounts}, {@link dev.cachewarden.access.ApiTokens}, and
 * {@link dev.cachewarden.access.AuditTrail}.
 */
@ApplicationModule(allowedDependencies = {"rest", "store"})
@NullMarked
package dev.cachewarden.access;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
