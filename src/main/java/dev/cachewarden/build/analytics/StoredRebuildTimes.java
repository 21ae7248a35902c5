package dev.cachewarden.build.analytics;

import dev.cachewarden.build.RebuildTimes;
import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.host.BuilderId;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Takes for the step that made a record the latest one whose instruction stands in its description: builders do not tell it. */
@Component
class StoredRebuildTimes implements RebuildTimes {

    private static final String SHELL = " exec /bin/sh -c ";

    private final StepCosts costs;

    StoredRebuildTimes(StepCosts costs) {
        this.costs = costs;
    }

    @Override
    public Map<String, Duration> of(BuilderId builder, Collection<CacheRecord> records) {
        var byInstruction = costs.latest(builder);
        if (byInstruction.isEmpty()) {
            return Map.of();
        }
        var times = new HashMap<String, Duration>();
        for (var record : records) {
            var time = byInstruction.get(instruction(record.description()));
            if (time != null) {
                times.put(record.id(), time);
            }
        }
        return times;
    }

    /**
     * The instruction in a description: {@code mount / from exec /bin/sh -c make} is {@code make}, {@code [app 2/3] COPY a b} is {@code COPY
     * a b}.
     */
    static String instruction(String description) {
        int exec = description.indexOf(SHELL);
        if (exec >= 0) {
            return description.substring(exec + SHELL.length()).strip();
        }
        int bracket = description.startsWith("[") ? description.indexOf("] ") : -1;
        return bracket < 0
                ? description.strip()
                : description.substring(bracket + 2).strip();
    }
}
