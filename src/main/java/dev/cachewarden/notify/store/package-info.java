/**
 * The channels, and the outbox with the notifications for each of them. A channel is used by one replica at a time, so its messages keep
 * their order.
 */
@NullMarked
package dev.cachewarden.notify.store;

import org.jspecify.annotations.NullMarked;
