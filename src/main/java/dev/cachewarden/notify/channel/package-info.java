/**
 * The services that receive notifications. For each of them, pure functions build the request of a message within the limits of the service,
 * and interpret its answer. Nothing is sent here.
 */
@NullMarked
package dev.cachewarden.notify.channel;

import org.jspecify.annotations.NullMarked;
