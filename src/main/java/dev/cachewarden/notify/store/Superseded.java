package dev.cachewarden.notify.store;

import dev.cachewarden.notify.Notification.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds notifications that must not be delivered, because their state ended before. If a firing notification was never delivered, its
 * resolved one is dropped with it.
 */
final class Superseded {

    private Superseded() {}

    /**
     * Returns the notifications to drop.
     *
     * @param rows the pending notifications of a channel, in their order
     * @param open the keys whose firing notification was delivered
     */
    static List<OutboxRow> of(List<OutboxRow> rows, Set<String> open) {
        var dropped = new ArrayList<OutboxRow>();
        Map<String, List<OutboxRow>> waiting = new HashMap<>();
        Map<String, Boolean> reported = new HashMap<>();
        for (var row : rows) {
            var key = row.notification().key();
            boolean known = reported.computeIfAbsent(key, open::contains);
            if (row.delivery() != null) {
                // The service can have accepted it.
                reported.put(key, row.notification().kind() != Kind.RESOLVED);
            } else if (row.notification().kind() == Kind.FIRING) {
                waiting.computeIfAbsent(key, any -> new ArrayList<>()).add(row);
            } else if (row.notification().kind() == Kind.RESOLVED) {
                var before = waiting.remove(key);
                dropped.addAll(before == null ? List.of() : before);
                if (!known) {
                    dropped.add(row);
                }
                reported.put(key, false);
            }
        }
        return dropped;
    }
}
