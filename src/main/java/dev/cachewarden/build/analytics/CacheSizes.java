package dev.cachewarden.build.analytics;

import dev.cachewarden.build.analysis.size.RecordUse;
import dev.cachewarden.build.analysis.size.SizeReading;
import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.history.RecordLife;
import dev.cachewarden.history.UsageHistory;
import dev.cachewarden.host.BuilderId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Tells how large a builder's cache should be, from what is remembered of the uses of its records.
 *
 * <p>A record that was deleted and made again is another record to BuildKit. Here records of the same type, description and size are taken
 * for the same content. What a record takes to make again is what the latest step took whose instruction stands in its description.
 */
@Component
public class CacheSizes {

    private final UsageHistory history;
    private final StepCosts costs;
    private final InstantSource clock;

    CacheSizes(UsageHistory history, StepCosts costs, InstantSource clock) {
        this.history = history;
        this.costs = costs;
        this.clock = clock;
    }

    /** @param back how far to look back; never further than uses are kept */
    public SizeReading of(BuilderId builder, Duration back) {
        var from = clock.instant().minus(back);
        var past = history.past(builder, from);
        var byInstruction = costs.latest(builder, from);
        var uses = new ArrayList<RecordUse>();
        for (var life : past.lives()) {
            var seen = past.uses().getOrDefault(life.record().id(), List.of());
            add(life, from, seen, rebuild(life.record(), byInstruction), uses);
        }
        return SizeReading.of(uses);
    }

    private static void add(
            RecordLife life,
            Instant from,
            List<UsageHistory.RecordUse> seen,
            @Nullable Duration rebuild,
            List<RecordUse> uses) {
        var record = life.record();
        String content = record.type() + "|" + record.size().bytes() + "|" + record.description();
        var made = record.createdAt() == null ? life.firstSeenAt() : record.createdAt();
        // What is older was asked for before the time looked at: at its beginning it is there for the first time.
        uses.add(new RecordUse(content, record.size(), made.isBefore(from) ? from : made, rebuild));
        for (var use : seen) {
            uses.add(
                    new RecordUse(content, record.size(), use.usedAt() == null ? use.seenAt() : use.usedAt(), rebuild));
        }
    }

    private static @Nullable Duration rebuild(CacheRecord record, Map<String, Duration> byInstruction) {
        return byInstruction.get(instruction(record.description()));
    }

    /**
     * The instruction in a description: {@code mount / from exec /bin/sh -c make} is {@code make}, {@code [app 2/3] COPY a b} is {@code COPY
     * a b}.
     */
    static String instruction(String description) {
        int exec = description.indexOf(" exec /bin/sh -c ");
        if (exec >= 0) {
            return description.substring(exec + " exec /bin/sh -c ".length()).strip();
        }
        int bracket = description.startsWith("[") ? description.indexOf("] ") : -1;
        return bracket < 0
                ? description.strip()
                : description.substring(bracket + 2).strip();
    }
}
