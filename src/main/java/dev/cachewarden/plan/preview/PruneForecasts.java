package dev.cachewarden.plan.preview;

import dev.cachewarden.build.RebuildTimes;
import dev.cachewarden.history.CacheSnapshot;
import dev.cachewarden.history.DiskMeter;
import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.planner.PruneRule;
import dev.cachewarden.planner.Reason;
import dev.cachewarden.policy.Policies;
import dev.cachewarden.policy.PolicyView;
import dev.cachewarden.policy.store.Pins;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The calculation of forecasts: what policies would do with a record, now and at their next runs. */
@Component
public class PruneForecasts {

    /** The forecast period. */
    public static final Duration AHEAD = Duration.ofDays(60);

    /** The maximum number of records times runs planned for one page, over all policies, which takes a few seconds. */
    private static final int MOST_PLANNED = 2_000_000;

    private final Policies policies;
    private final RebuildTimes rebuildTimes;
    private final Pins pins;
    private final InstantSource clock;

    public PruneForecasts(Policies policies, RebuildTimes rebuildTimes, Pins pins, InstantSource clock) {
        this.policies = policies;
        this.rebuildTimes = rebuildTimes;
        this.pins = pins;
        this.clock = clock;
    }

    /**
     * Returns the forecast of each enabled policy that covers the host, in the order of their names.
     *
     * @param snapshot the snapshot of the host's builder; if it does not contain the record, the result is empty
     */
    public List<PruneForecast> of(WatchedHost host, CacheSnapshot snapshot, String recordId) {
        var now = clock.instant();
        var covering = policies.all().stream()
                .filter(policy -> policy.enabled() && policy.covers(host))
                .toList();
        boolean timed =
                covering.stream().flatMap(policy -> policy.rules().stream()).anyMatch(PruneRule::needsRebuildTimes);
        Map<String, Duration> times = timed ? rebuildTimes.of(snapshot.builder(), snapshot.records()) : Map.of();
        var disk = DiskMeter.last(host, now).space();
        var held = pins.active().on(host, null);
        var forecasts = new ArrayList<PruneForecast>();
        for (var policy : covering) {
            var runs = new FutureRuns(policy, held, times, snapshot.records(), disk);
            var reason = runs.reasonNow(recordId, now);
            if (reason != null) {
                var forecast = runs.forecast(recordId, now, now.plus(AHEAD), MOST_PLANNED / covering.size());
                forecasts.add(new PruneForecast(policy, reason, forecast.goesAt(), forecast.unknown()));
            }
        }
        return forecasts;
    }

    /**
     * The forecast of a policy for a record.
     *
     * @param now why the policy would delete or keep the record if it started now
     * @param goesAt the time of the run that deletes it, or null if no run within the forecast period does or {@code unknown} is given. The
     *     forecast assumes that earlier runs delete what they plan, and that no build uses or adds anything until then
     * @param unknown why the forecast is unknown, as a sentence; null if it is known
     */
    public record PruneForecast(
            PolicyView policy,
            Reason now,
            @Nullable Instant goesAt,
            @Nullable String unknown) {

        /** Returns whether the policy would delete the record now. */
        public boolean takes() {
            return now instanceof Reason.Taken;
        }
    }
}
