/**
 * REST for policies, their versions and drafts, and pins.
 */
@NamedInterface("web")
@NullMarked
package dev.cachewarden.policy.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
