package dev.cachewarden.alert.store;

import dev.cachewarden.alert.Observation;
import dev.cachewarden.alert.RuleId;
import dev.cachewarden.alert.Subject;
import dev.cachewarden.alert.Threshold.Unit;
import dev.cachewarden.alert.Value.Measured;
import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.host.HostId;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.notify.Fact;
import dev.cachewarden.store.Columns;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The values of a day of each cache: the records that disappeared, and the hit rate. */
@Component
class CacheValues implements AlertSource {

    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration COMPARED = Duration.ofDays(15);
    private static final int FEWEST_LOOKUPS = 200;

    private final JdbcClient jdbc;
    private final HostRegistry hosts;

    CacheValues(JdbcClient jdbc, HostRegistry hosts) {
        this.jdbc = jdbc;
        this.hosts = hosts;
    }

    @Override
    public Set<RuleId> rules() {
        return Set.of(RuleId.EXTERNAL_PRUNE, RuleId.HIT_RATE_DROP);
    }

    @Override
    public Duration fresh() {
        return Duration.ofMinutes(5);
    }

    @Override
    public List<Observation> observe(Instant now) {
        var found = new ArrayList<Observation>();
        var pruned = pruned(now);
        var rates = rates(now);
        for (var host : hosts.all()) {
            if (host.enabled()) {
                found.add(prune(host, pruned.getOrDefault(host.id(), new Pruned(host.id(), 0, 0))));
                found.add(rate(host, rates.getOrDefault(host.id(), new Rates(host.id(), 0, 0, 0, 0))));
            }
        }
        return found;
    }

    /** Records that disappeared within a day. */
    record Pruned(HostId host, long records, long bytes) {}

    /** The lookups and hits of the last day, and of the 14 days before it. */
    record Rates(HostId host, long hits, long lookups, long hitsBefore, long lookupsBefore) {}

    private Map<HostId, Pruned> pruned(Instant now) {
        return jdbc
                .sql("""
                        select b.host_id, sum(e.record_count) records, sum(e.total_bytes) bytes
                        from external_prune e join builder b on b.id = e.builder_id where e.at > ? group by b.host_id""")
                .param(Columns.time(now.minus(DAY)))
                .query((row, number) ->
                        new Pruned(new HostId(row.getLong("host_id")), row.getLong("records"), row.getLong("bytes")))
                .list()
                .stream()
                .collect(Collectors.toMap(Pruned::host, Function.identity()));
    }

    private Map<HostId, Rates> rates(Instant now) {
        return jdbc
                .sql("""
                        select b.host_id, coalesce(sum(u.hits) filter (where u.started_at > :day), 0) hits,
                            coalesce(sum(u.lookups) filter (where u.started_at > :day), 0) lookups,
                            coalesce(sum(u.hits) filter (where u.started_at <= :day), 0) hits_before,
                            coalesce(sum(u.lookups) filter (where u.started_at <= :day), 0) lookups_before
                        from build u join builder b on b.id = u.builder_id
                        where u.state = 'DONE' and u.started_at > :start group by b.host_id""")
                .param("day", Columns.time(now.minus(DAY)))
                .param("start", Columns.time(now.minus(COMPARED)))
                .query((row, number) -> new Rates(
                        new HostId(row.getLong("host_id")),
                        row.getLong("hits"),
                        row.getLong("lookups"),
                        row.getLong("hits_before"),
                        row.getLong("lookups_before")))
                .list()
                .stream()
                .collect(Collectors.toMap(Rates::host, Function.identity()));
    }

    static Observation prune(WatchedHost host, Pruned pruned) {
        var size = new ByteSize(pruned.bytes());
        return new Observation(
                RuleId.EXTERNAL_PRUNE,
                Subject.of(host),
                new Measured(Unit.BYTES, pruned.bytes()),
                "Within a day, " + String.format(Locale.ROOT, "%,d", pruned.records()) + " records of " + size
                        + " disappeared without a run of Cachewarden.",
                List.of(new Fact("Disappeared", size.toString())));
    }

    static Observation rate(WatchedHost host, Rates rates) {
        if (rates.lookups() < FEWEST_LOOKUPS || rates.lookupsBefore() < FEWEST_LOOKUPS) {
            return Observation.unknown(
                    RuleId.HIT_RATE_DROP,
                    Subject.of(host),
                    "There are fewer than " + FEWEST_LOOKUPS + " cache lookups to compare.");
        }
        double last = 100.0 * rates.hits() / rates.lookups();
        double before = 100.0 * rates.hitsBefore() / rates.lookupsBefore();
        return new Observation(
                RuleId.HIT_RATE_DROP,
                Subject.of(host),
                new Measured(Unit.PERCENT, Math.max(0, before - last)),
                String.format(
                        Locale.ROOT,
                        "The hit rate of the last day is %.0f%%, after %.0f%% in the 14 days before.",
                        last,
                        before),
                List.of(new Fact("Hit rate", String.format(Locale.ROOT, "%.0f%%", last))));
    }
}
