package dev.cachewarden.history;

import dev.cachewarden.history.UsageHistory.RecordUse;
import java.util.List;
import java.util.Map;

/**
 * What is remembered of a builder over a time.
 *
 * @param lives every record that was there at some time of it, as last read
 * @param uses those that were seen, by record id, oldest first; records without any are left out
 */
public record Past(List<RecordLife> lives, Map<String, List<RecordUse>> uses) {
    public Past {
        lives = List.copyOf(lives);
        uses = Map.copyOf(uses);
    }
}
