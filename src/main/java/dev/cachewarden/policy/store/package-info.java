/**
 * The forms that outlive a process: stored policies with their versions, drafts, and due times, the pins that hold in every plan, and the
 * settings of engines and configuration files to which policies are exported. Deletes nothing.
 */
@NullMarked
package dev.cachewarden.policy.store;

import org.jspecify.annotations.NullMarked;
