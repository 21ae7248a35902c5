package dev.cachewarden.notify;

import java.util.List;

/** Accepts notifications, and delivers them later through the channels. */
public interface Notifications {

    /**
     * Stores each notification for every enabled channel whose filters match it. This belongs to the transaction of the caller: if it rolls
     * back, nothing is sent. The delivery begins after the commit, at least once for each channel. A resolved notification is never delivered
     * before its firing one, and not at all if the firing one was never delivered.
     */
    void send(List<Notification> notifications);
}
