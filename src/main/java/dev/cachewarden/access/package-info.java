/**
 * Who may do what: users, API tokens, and the rules of the HTTP interface.
 */
@ApplicationModule(allowedDependencies = {"rest"})
@NullMarked
package dev.cachewarden.access;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
