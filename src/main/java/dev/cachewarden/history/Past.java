package dev.cachewarden.history;

import dev.cachewarden.history.UsageHistory.RecordUse;
import java.util.List;
import java.util.Map;

/**
 * The stored history of a builder over a time range.
 *
 * @param lives every record that existed at some time in the range, as last read
 * @param uses recorded uses by record id, oldest first; records without uses are left out
 */
public record Past(List<RecordLife> lives, Map<String, List<RecordUse>> uses) {
    public Past {
        lives = List.copyOf(lives);
        uses = Map.copyOf(uses);
    }
}
