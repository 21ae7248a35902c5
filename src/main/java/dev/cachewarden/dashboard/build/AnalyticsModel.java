package dev.cachewarden.dashboard.build;

import dev.cachewarden.build.BuildFilter;
import dev.cachewarden.build.BuildView;
import dev.cachewarden.build.analytics.BuildAnalytics;
import dev.cachewarden.build.analytics.Split;
import dev.cachewarden.build.analytics.Splits;
import dev.cachewarden.build.held.ClassSizes;
import dev.cachewarden.prune.Policies;
import dev.cachewarden.prune.version.PolicyVersionView;
import dev.cachewarden.prune.version.PolicyVersions;
import dev.cachewarden.rest.InvalidInputException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** What the pages of all builds and of one project's have in common: the range, what parts builds, and the figures. */
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
    private final ClassSizes classSizes;
    private final Splits splits;
    private final Policies policies;
    private final PolicyVersions versions;
    private final InstantSource clock;

    AnalyticsModel(
            BuildAnalytics analytics,
            ClassSizes classSizes,
            Splits splits,
            Policies policies,
            PolicyVersions versions,
            InstantSource clock) {
        this.analytics = analytics;
        this.classSizes = classSizes;
        this.splits = splits;
        this.policies = policies;
        this.versions = versions;
        this.clock = clock;
    }

    /** A range as it stands in the address. */
    record Range(String word, Instant from, Instant until) {
        Duration length() {
            return Duration.between(from, until);
        }
    }

    Range range(String word) {
        var length = LENGTHS.get(word);
        if (length == null) {
            throw new InvalidInputException("range", "'" + word + "' is none of " + String.join(", ", RANGES));
        }
        var now = clock.instant();
        return new Range(word, now.minus(length), now);
    }

    /**
     * Something to part builds by.
     *
     * @param value as it stands in the address
     */
    record Choice(String value, String words) {}

    /**
     * What parts the builds, chosen and to choose from.
     *
     * @param text as it stands in the address; null: nothing
     * @param day the same where it is one; else null
     * @param changes of the Dockerfile; empty unless one project is looked at
     */
    record Parting(
            @Nullable String text,
            @Nullable String day,
            @Nullable Split split,
            List<Choice> policies,
            List<Choice> changes) {}

    /** @param day counts before {@code split}: the form has a field for each */
    Parting parting(String split, String day, BuildFilter filter) {
        String text = day.isBlank() ? split.strip() : day.strip();
        return new Parting(
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
        return policies.all().stream()
                .limit(POLICIES_OFFERED)
                .flatMap(policy -> versions.of(policy.id()).stream().limit(VERSIONS_OFFERED))
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

    /** Puts in what both pages show. */
    void fill(Model model, BuildFilter filter, Range range, Parting parting) {
        var overTime = analytics.overTime(filter, range.from(), range.until(), POINTS);
        var split = parting.split();
        var step = range.length().dividedBy(POINTS);
        model.addAttribute("range", range.word());
        model.addAttribute("ranges", RANGES);
        model.addAttribute("parting", parting);
        model.addAttribute("totals", analytics.totals(filter));
        model.addAttribute("overTime", overTime);
        model.addAttribute("json", TrendJson.of(overTime, range.from(), range.until(), step));
        model.addAttribute("rateJson", TrendJson.rates(overTime, range.from(), range.until(), step));
        model.addAttribute("classes", analytics.byClass(filter));
        model.addAttribute("classSizes", classSizes.of(filter));
        model.addAttribute("cacheTransfers", analytics.cacheTransfers(filter));
        model.addAttribute("misses", analytics.costliestMisses(filter, MISSES));
        model.addAttribute("kinds", analytics.byKind(filter));
        model.addAttribute("scenarios", analytics.scenarios(filter, split == null ? null : split.at()));
    }
}
