package dev.cachewarden.dashboard.build;

import dev.cachewarden.build.analysis.HitRate;
import dev.cachewarden.build.analytics.rate.HitRates;
import dev.cachewarden.build.analytics.rate.HitRates.Line;
import dev.cachewarden.build.analytics.rate.HitRates.Rate;
import dev.cachewarden.build.analytics.rate.RateBy;
import dev.cachewarden.build.held.ClassSizes;
import dev.cachewarden.build.held.ClassSizes.ClassSize;
import dev.cachewarden.build.step.StepClass;
import dev.cachewarden.dashboard.build.AnalyticsModel.Asked;
import dev.cachewarden.dashboard.build.RatesView.Row;
import dev.cachewarden.dashboard.build.RatesView.Span;
import dev.cachewarden.dashboard.build.RatesView.Tab;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.HostRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tells hit rates apart by what the address says. */
@Component
class RatesModel {

    private static final int ROWS = 20;
    private static final int MOST_OVER_REST = 500;

    /** As many lines as there are colours and dashes. */
    private static final int LINES = 6;

    private static final int POINTS = 30;
    /** As much as a legend of six has room for on a phone. */
    private static final int LONGEST_NAME = 30;

    private final HitRates rates;
    private final HostRegistry hosts;
    private final BuildWords words;
    private final ClassSizes sizes;

    RatesModel(HitRates rates, HostRegistry hosts, BuildWords words, ClassSizes sizes) {
        this.rates = rates;
        this.hosts = hosts;
        this.words = words;
        this.sizes = sizes;
    }

    RatesView of(Asked asked) {
        var told = rates.by(asked.by(), asked.filter(), ROWS);
        var sizeOf = asked.by() == RateBy.CLASS ? sizes.of(asked.filter()) : Map.<StepClass, ClassSize>of();
        var rows = told.rates().stream()
                .map(rate -> row(asked.by(), rate, asked.links(), sizeOf))
                .toList();
        var top = rows.stream()
                .filter(row -> row.rate().hitRate().lookups() > 0)
                .limit(LINES)
                .toList();
        boolean ofOneProject = asked.filter().project() != null;
        var names = top.stream().map(row -> shortName(row, ofOneProject)).toList();
        var spans = spans(asked, top);
        var range = asked.range();
        return new RatesView(
                head(asked.by()),
                tabs(asked),
                rows,
                told.groups(),
                names,
                spans,
                TrendJson.lines(names, spans, range, range.length().dividedBy(POINTS)),
                asked.api("/api/v1/analytics/rates")
                        .with("by", asked.by().written())
                        .with("limit", MOST_OVER_REST)
                        .toString());
    }

    private List<Span> spans(Asked asked, List<Row> top) {
        var range = asked.range();
        var groups = top.stream().map(row -> row.rate().group()).toList();
        return spans(rates.overTime(asked.by(), groups, asked.filter(), range.from(), range.until(), POINTS));
    }

    private static List<Tab> tabs(Asked asked) {
        return asked.choices().stream()
                .map(by -> new Tab(head(by), asked.self().with("by", by.written()) + "#rates", by == asked.by()))
                .toList();
    }

    private static String head(RateBy by) {
        return switch (by) {
            case CLASS -> "Class";
            case STEP -> "Step";
            case PROJECT -> "Project";
            case BUILDER -> "Host";
            case BRANCH -> "Branch";
        };
    }

    private Row row(RateBy by, Rate rate, BuildLinks links, Map<StepClass, ClassSize> sizeOf) {
        var step = rate.step();
        if (step != null) {
            String page = Address.to("/step")
                    .with("project", rate.group().project())
                    .with("identity", rate.group().key())
                    .toString();
            return new Row(step.text(), step.stage(), rate.group().project(), page, rate, null);
        }
        String key = rate.group().key();
        if (key == null) {
            return new Row(
                    by == RateBy.BRANCH ? "No branch known" : "Sent without a host", null, null, null, rate, null);
        }
        return switch (by) {
            case CLASS, STEP -> ofClass(StepClass.valueOf(key), rate, sizeOf);
            case PROJECT -> new Row(key, null, null, links.ofProject(key), rate, null);
            case BRANCH -> new Row(key, null, null, links.ofBranch(key), rate, null);
            case BUILDER -> ofBuilder(new BuilderId(Long.parseLong(key)), rate, links);
        };
    }

    private Row ofClass(StepClass stepClass, Rate rate, Map<StepClass, ClassSize> sizeOf) {
        return new Row(words.of(stepClass), null, null, null, rate, sizeOf.get(stepClass));
    }

    private Row ofBuilder(BuilderId builder, Rate rate, BuildLinks links) {
        var host = BuildListController.hostOf(hosts).get(builder);
        return host == null
                ? new Row("Builder " + builder, null, null, null, rate, null)
                : new Row(host.name(), null, null, links.ofHost(host.id()), rate, null);
    }

    /** For the legend of the chart. */
    private static String shortName(Row row, boolean ofOneProject) {
        String name = row.project() == null || ofOneProject ? row.name() : row.project() + ": " + row.name();
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - 1) + "…";
    }

    private static List<Span> spans(List<Line> lines) {
        var byTime = new TreeMap<Instant, List<@Nullable HitRate>>();
        for (int i = 0; i < lines.size(); i++) {
            for (var point : lines.get(i).points()) {
                byTime.computeIfAbsent(point.from(), from -> new ArrayList<>(Collections.nCopies(lines.size(), null)))
                        .set(i, point.hitRate());
            }
        }
        return byTime.entrySet().stream()
                .map(entry -> new Span(entry.getKey(), entry.getValue()))
                .toList();
    }
}
