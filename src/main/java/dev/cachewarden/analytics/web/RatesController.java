package dev.cachewarden.analytics.web;

import dev.cachewarden.analytics.HitRates;
import dev.cachewarden.analytics.HitRates.Line;
import dev.cachewarden.analytics.HitRates.Point;
import dev.cachewarden.analytics.HitRates.Rate;
import dev.cachewarden.analytics.RateBy;
import dev.cachewarden.build.steps.StepClass;
import dev.cachewarden.build.web.AskedSpans;
import dev.cachewarden.build.web.BuildQuery;
import dev.cachewarden.build.web.BuildResponse;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.rest.InvalidInputException;
import dev.cachewarden.rest.list.Paging;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The REST API for hit rates by a grouping. Each endpoint accepts the parameters of the build list. */
@RestController
@RequestMapping("/api/v1/analytics/rates")
class RatesController {

    private static final int MOST_GROUPS = 500;
    private static final int MOST_LINES = 20;

    private final HitRates rates;
    private final HostRegistry hosts;
    private final InstantSource clock;

    RatesController(HitRates rates, HostRegistry hosts, InstantSource clock) {
        this.rates = rates;
        this.hosts = hosts;
        this.clock = clock;
    }

    /**
     * The hit rate of one group.
     *
     * @param key name of the class, identity of the step, project, ID of the builder, or branch; null if the build was uploaded without
     *     a host, or if its branch is unknown
     * @param project project of the step, or null for other groupings
     * @param stage stage of the step; null if it is the only stage, and for other groupings
     * @param text latest instruction of the step, or null for other groupings
     * @param stepClass class of the step, or null for other groupings
     * @param builds number of builds: for classes and steps only those with lookups, otherwise all successful ones
     * @param missed accumulated duration of the steps that missed
     */
    record GroupResponse(
            @Nullable String key,
            @Nullable String project,
            @Nullable String stage,
            @Nullable String text,
            @Nullable StepClass stepClass,
            int builds,
            BuildResponse.Rate hitRate,
            Duration missed) {
        static GroupResponse of(Rate one) {
            var step = one.step();
            return new GroupResponse(
                    one.group().key(),
                    one.group().project(),
                    step == null ? null : step.stage(),
                    step == null ? null : step.text(),
                    step == null ? null : step.stepClass(),
                    one.builds(),
                    BuildResponse.Rate.of(one.hitRate()),
                    one.missed());
        }
    }

    /**
     * A page of the hit rates of groups, in descending order of lookups. Only the 500 groups with the most lookups are on a page.
     *
     * @param groups total number of groups
     */
    record RateListResponse(
            String by,
            int groups,
            List<GroupResponse> items,
            @Nullable String next) {}

    /** The lookups of the builds that started in one time span. */
    record PointResponse(Instant from, BuildResponse.Rate hitRate) {
        static PointResponse of(Point point) {
            return new PointResponse(point.from(), BuildResponse.Rate.of(point.hitRate()));
        }
    }

    /**
     * One group over time.
     *
     * @param group hit rate of the group over the whole time range
     * @param points points, oldest first, without spans that have no lookups
     */
    record LineResponse(GroupResponse group, List<PointResponse> points) {}

    /**
     * Hit rates over time.
     *
     * @param groups total number of groups
     * @param lines lines of the groups with the most lookups
     */
    record OverTimeResponse(String by, Instant from, Instant until, int groups, List<LineResponse> lines) {}

    /**
     * Returns hit rates by a grouping.
     *
     * @param by class, step, project, builder, or branch
     */
    @GetMapping
    RateListResponse listRates(BuildQuery query, @RequestParam String by, Paging paging) {
        var found = rates.by(RateBy.read(by, RateBy.ALL), query.filter(hosts), MOST_GROUPS);
        var page = paging.of(
                "rates by " + by, found.rates(), GroupResponse::of, group -> group.key() + " " + group.project());
        return new RateListResponse(by, found.groups(), page.items(), page.next());
    }

    /**
     * Returns hit rates over time, by default of the last seven days.
     *
     * @param by class, step, project, builder, or branch
     * @param points number of spans, from 1 to 2,000
     * @param lines maximum number of groups, from 1 to 20
     */
    @GetMapping("/over-time")
    OverTimeResponse getRatesOverTime(
            BuildQuery query,
            @RequestParam String by,
            @RequestParam(defaultValue = "100") int points,
            @RequestParam(defaultValue = "6") int lines) {
        var grouping = RateBy.read(by, RateBy.ALL);
        var spans = AskedSpans.of(query, points, clock.instant());
        var filter = query.filter(hosts).within(spans.from(), spans.until());
        var top = rates.by(grouping, filter, within("lines", lines, MOST_LINES));
        var groups = top.rates().stream().map(Rate::group).toList();
        var drawn = rates.overTime(grouping, groups, filter, spans.from(), spans.until(), points);
        return new OverTimeResponse(by, spans.from(), spans.until(), top.groups(), lines(top.rates(), drawn));
    }

    private static List<LineResponse> lines(List<Rate> rates, List<Line> lines) {
        var answered = new ArrayList<LineResponse>();
        for (int i = 0; i < lines.size(); i++) {
            answered.add(new LineResponse(
                    GroupResponse.of(rates.get(i)),
                    lines.get(i).points().stream().map(PointResponse::of).toList()));
        }
        return answered;
    }

    private static int within(String name, int value, int most) {
        if (value < 1 || value > most) {
            throw new InvalidInputException(name, "must be from 1 to " + most + ", not " + value);
        }
        return value;
    }
}
