/**
 * Stores policies, their versions, drafts, and pins, and claims the policies that are due.
 */
@NamedInterface("store")
@NullMarked
package dev.cachewarden.policy.store;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
