package dev.cachewarden.dashboard.build;

import dev.cachewarden.analytics.BuildAnalytics;
import dev.cachewarden.analytics.RateBy;
import dev.cachewarden.analytics.Split;
import dev.cachewarden.analytics.Splits;
import dev.cachewarden.build.BuildFilter;
import dev.cachewarden.build.BuildView;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.policy.PolicyVersionView;
import dev.cachewarden.policy.PolicyVersions;
import dev.cachewarden.rest.InvalidInputException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** The common model of the analytics page and of project pages: the time range, the event that divides builds, and the figures. */
@Component
class AnalyticsModel {

    private static final Map<String, Duration> LENGTHS = Map.of(
            "24h",
            Duration.ofHours(24),
            "7d",
            Duration.ofDays(7),
            "30d",
            Duration.ofDays(30),
            "90d",
            Duration.ofDays(90));
    static final List<String> RANGES = List.of("24h", "7d", "30d", "90d");
    private static final int POINTS = 60;
    private static final int MISSES = 15;
    private static final int POLICIES_OFFERED = 50;
    private static final int VERSIONS_OFFERED = 5;
    private static final int CHANGES_OFFERED = 20;

    private final BuildAnalytics analytics;
    private final RatesModel rates;
    private final BuildMarks marks;
    private final Splits splits;
    private final PolicyVersions versions;
    private final InstantSource clock;

    AnalyticsModel(
            BuildAnalytics analytics,
            RatesModel rates,
            BuildMarks marks,
            Splits splits,
            PolicyVersions versions,
            InstantSource clock) {
        this.analytics = analytics;
        this.rates = rates;
        this.marks = marks;
        this.splits = splits;
        this.versions = versions;
        this.clock = clock;
    }

    /**
     * A time range.
     *
     * @param word name of the range in URLs
     */
    record Range(String word, Instant from, Instant until) {
        Duration length() {
            return Duration.between(from, until);
        }
    }

    Range range(String word) {
        var length = LENGTHS.get(word);
        if (length == null) {
            throw new InvalidInputException(
                    "range", "'" + word + "' is not valid; use one of " + String.join(", ", RANGES));
        }
        var now = clock.instant();
        // URLs contain this time, so it has no fraction of a second.
        return new Range(word, now.minus(length).truncatedTo(ChronoUnit.SECONDS), now);
    }

    /**
     * An event that can divide builds.
     *
     * @param value value in URLs
     * @param words label
     */
    record Choice(String value, String words) {}

    /**
     * The selected event that divides the builds, and the events to choose from.
     *
     * @param text value in URLs, or null if no event is selected
     * @param day the same value if it is a day, otherwise null
     * @param changes changes of the Dockerfile; empty unless the page shows one project
     */
    record SplitSelection(
            @Nullable String text,
            @Nullable String day,
            @Nullable Split split,
            List<Choice> policies,
            List<Choice> changes) {}

    /**
     * Resolves the selected event. The form has one field for a day and one for other events.
     *
     * @param day day, which has precedence over {@code split}
     */
    SplitSelection splitSelection(String split, String day, BuildFilter filter) {
        String text = day.isBlank() ? split.strip() : day.strip();
        return new SplitSelection(
                text.isEmpty() ? null : text,
                isDay(text) ? text : null,
                splits.read(text, filter).orElse(null),
                policyChoices(),
                filter.project() == null ? List.of() : changes(filter));
    }

    private static boolean isDay(String text) {
        return text.matches("\\d{4}-\\d{2}-\\d{2}");
    }

    private List<Choice> policyChoices() {
        return versions.latest(POLICIES_OFFERED, VERSIONS_OFFERED).stream()
                .map(AnalyticsModel::choice)
                .toList();
    }

    private static Choice choice(PolicyVersionView saved) {
        return new Choice(
                "policy:" + saved.policyId() + ":" + saved.version(),
                saved.content().name() + " v" + saved.version() + ", " + day(saved.savedAt()));
    }

    private List<Choice> changes(BuildFilter filter) {
        return splits.dockerfileChanges(filter, CHANGES_OFFERED).stream()
                .map(AnalyticsModel::choice)
                .toList();
    }

    private static Choice choice(BuildView build) {
        return new Choice("build:" + build.id(), "build " + build.id() + ", " + day(build.startedAt()));
    }

    private static String day(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC).toString();
    }

    /**
     * The request for a page.
     *
     * @param by grouping of hit rates
     * @param choices available groupings
     * @param self URL of the page as requested, without {@code by}
     * @param links links to lists of the builds that figures are based on
     */
    record Asked(
            BuildFilter filter,
            Range range,
            SplitSelection splitSelection,
            RateBy by,
            List<RateBy> choices,
            Address self,
            BuildLinks links) {

        /** Returns the REST URL for the same builds. REST filters by builders, not by hosts. */
        Address api(String path) {
            var api = Address.to(path)
                    .with("project", filter.project())
                    .with("branch", filter.branch())
                    .with("from", range.from());
            for (var builder : filter.builders().stream()
                    .sorted(Comparator.comparingLong(BuilderId::value))
                    .toList()) {
                api = api.with("builder", builder.value());
            }
            return api;
        }
    }

    /** Adds the attributes that both pages show. */
    void fill(Model model, Asked asked) {
        var filter = asked.filter();
        var range = asked.range();
        var split = asked.splitSelection().split();
        model.addAttribute("range", range.word());
        model.addAttribute("ranges", RANGES);
        model.addAttribute("by", asked.by().written());
        model.addAttribute("links", asked.links());
        model.addAttribute("splitSelection", asked.splitSelection());
        model.addAttribute("totals", analytics.totals(filter));
        addTrends(model, filter, range);
        model.addAttribute("hitRates", rates.of(asked));
        model.addAttribute("cacheTransfers", analytics.cacheTransfers(filter));
        model.addAttribute("misses", analytics.costliestMisses(filter, MISSES));
        model.addAttribute("work", analytics.workTimes(filter));
        model.addAttribute("scenarios", analytics.scenarios(filter, split == null ? null : split.at()));
    }

    private void addTrends(Model model, BuildFilter filter, Range range) {
        var overTime = analytics.overTime(filter, range.from(), range.until(), POINTS);
        // In whole milliseconds, like the spans.
        var step = Duration.ofMillis(range.length().dividedBy(POINTS).toMillis());
        var found = marks.of(filter, range);
        model.addAttribute("step", step);
        model.addAttribute("overTime", overTime);
        model.addAttribute("durationsKnown", overTime.stream().anyMatch(span -> span.p50() != null));
        model.addAttribute(
                "ratesKnown", overTime.stream().anyMatch(span -> span.hitRate().lookups() > 0));
        model.addAttribute("marks", found);
        model.addAttribute("json", TrendJson.of(overTime, range, step, found));
        model.addAttribute("rateJson", TrendJson.rates(overTime, range, step, found));
    }
}
