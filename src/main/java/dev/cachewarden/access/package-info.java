/**
 * Who may do what: accounts, API tokens, the table of what each request needs ({@code AccessRules}), and the trail of who
 * did what. Pages and other packages come in by {@link dev.cachewarden.access.Accounts}, {@link dev.cachewarden.access.ApiTokens} and
 * {@link dev.cachewarden.access.AuditTrail}.
 */
@ApplicationModule(allowedDependencies = {"rest"})
@NullMarked
package dev.cachewarden.access;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
