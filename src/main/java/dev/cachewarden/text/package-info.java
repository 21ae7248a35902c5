/**
 * Sanitizes external texts, and redacts text that looks like a secret, before Cachewarden stores or shows them. The code has no side
 * effects and runs in linear time, because others control the texts. It does not find a secret that does not look like one.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.cachewarden.text;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
