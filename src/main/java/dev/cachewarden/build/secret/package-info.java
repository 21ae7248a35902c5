/**
 * Takes out of texts what looks like a secret, before they are stored. Pure and in linear time: the texts are whatever a build printed. What
 * does not look like a secret is not found.
 */
@NamedInterface("secret")
@NullMarked
package dev.cachewarden.build.secret;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
