package dev.cachewarden.build.analytics;

import dev.cachewarden.build.RebuildTimes;
import dev.cachewarden.build.analysis.size.RecordUse;
import dev.cachewarden.build.analysis.size.SizeReading;
import dev.cachewarden.history.RecordLife;
import dev.cachewarden.history.UsageHistory;
import dev.cachewarden.host.BuilderId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Tells how large a builder's cache should be, from what is remembered of the uses of its records.
 *
 * <p>A record that was deleted and made again is another record to BuildKit. Here records of the same type, description and size are taken
 * for the same content.
 */
@Component
public class CacheSizes {

    private final UsageHistory history;
    private final RebuildTimes rebuildTimes;
    private final InstantSource clock;

    CacheSizes(UsageHistory history, RebuildTimes rebuildTimes, InstantSource clock) {
        this.history = history;
        this.rebuildTimes = rebuildTimes;
        this.clock = clock;
    }

    /** @param back how far to look back; never further than uses are kept */
    public SizeReading of(BuilderId builder, Duration back) {
        var from = clock.instant().minus(back);
        var past = history.past(builder, from);
        var times = rebuildTimes.of(
                builder, past.lives().stream().map(RecordLife::record).toList());
        var uses = new ArrayList<RecordUse>();
        for (var life : past.lives()) {
            var seen = past.uses().getOrDefault(life.record().id(), List.of());
            add(life, from, seen, times.get(life.record().id()), uses);
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
}
