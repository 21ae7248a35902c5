package dev.cachewarden.notify.store;

import dev.cachewarden.notify.Notification;
import dev.cachewarden.notify.Notification.Kind;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row of a channel, with its secrets.
 *
 * @param view the part without secrets
 * @param draft the definition, with secrets
 */
record StoredChannel(ChannelView view, ChannelDraft draft, Progress progress) {

    /**
     * The progress of its delivery.
     *
     * @param failures failed attempts since the last success
     * @param tokens messages that could be sent at once at {@code tokensAt}
     * @param tokensAt null if nothing was sent yet
     */
    record Progress(int failures, double tokens, @Nullable Instant tokensAt) {}

    long id() {
        return view.id();
    }

    /**
     * Returns whether a notification is for this channel. A resolved one always is: without a delivered firing notification, it is dropped
     * later.
     */
    boolean takes(Notification notification) {
        if (notification.kind() == Kind.RESOLVED) {
            return true;
        }
        return notification.severity().compareTo(draft.leastSeverity()) >= 0
                && notification.labels().entrySet().containsAll(draft.labels().entrySet());
    }
}
