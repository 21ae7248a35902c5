/**
 * Notifications: messages that Cachewarden sends through channels such as e-mail or a chat. Modules report through
 * {@link dev.cachewarden.notify.Notifications}, and decide what is worth a {@link dev.cachewarden.notify.Notification}.
 */
@ApplicationModule(
        type = ApplicationModule.Type.OPEN,
        allowedDependencies = {"text", "store", "rest", "repeat"})
@NullMarked
package dev.cachewarden.notify;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
