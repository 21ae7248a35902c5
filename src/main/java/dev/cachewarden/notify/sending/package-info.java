/**
 * Sends messages through channels: HTTP requests and mails, each with limits of time and size, and only to addresses that are allowed. It
 * neither stores nor repeats anything.
 */
@NullMarked
package dev.cachewarden.notify.sending;

import org.jspecify.annotations.NullMarked;
