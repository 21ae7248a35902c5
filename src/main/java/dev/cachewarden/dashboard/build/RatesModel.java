package dev.cachewarden.dashboard.build;

import dev.cachewarden.analytics.HitRates;
import dev.cachewarden.analytics.HitRates.Line;
import dev.cachewarden.analytics.HitRates.Rate;
import dev.cachewarden.analytics.RateBy;
import dev.cachewarden.analytics.UsedBuilders;
import dev.cachewarden.analytics.steps.ClassSizes;
import dev.cachewarden.analytics.steps.ClassSizes.ClassSize;
import dev.cachewarden.build.BuildFilter;
import dev.cachewarden.build.analysis.HitRate;
import dev.cachewarden.build.steps.StepClass;
import dev.cachewarden.dashboard.build.AnalyticsModel.Asked;
import dev.cachewarden.dashboard.build.RatesView.Row;
import dev.cachewarden.dashboard.build.RatesView.Span;
import dev.cachewarden.dashboard.build.RatesView.Tab;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.host.WatchedHost;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The model of the hit rates on a page. */
@Component
class RatesModel {

    private static final int ROWS = 20;
    private static final int MOST_OVER_REST = 500;

    /** The maximum number of lines, which is the number of distinct colors and dash patterns. */
    private static final int LINES = 6;

    private static final int POINTS = 30;
    /** The maximum length of a name in characters. A legend with six names of this length has room on a phone. */
    private static final int LONGEST_NAME = 30;

    /** The maximum length of the project within a name, so that the step has room as well. */
    private static final int LONGEST_PROJECT = 12;

    private final HitRates rates;
    private final HostRegistry hosts;
    private final BuildWords words;
    private final ClassSizes sizes;
    private final UsedBuilders used;

    RatesModel(HitRates rates, HostRegistry hosts, BuildWords words, ClassSizes sizes, UsedBuilders used) {
        this.rates = rates;
        this.hosts = hosts;
        this.words = words;
        this.sizes = sizes;
        this.used = used;
    }

    RatesView of(Asked asked) {
        var found = rates.by(asked.by(), asked.filter(), ROWS);
        var sizeOf = asked.by() == RateBy.CLASS ? sizes.of(asked.filter()) : Map.<StepClass, ClassSize>of();
        boolean byHost = asked.by() == RateBy.BUILDER;
        var hostOf = byHost ? BuildListController.hostOf(hosts) : Map.<BuilderId, WatchedHost>of();
        var sharing = byHost ? sharing(asked.filter()) : Set.<BuilderId>of();
        var context = new Context(asked.by(), asked.links(), sizeOf, hostOf, sharing);
        var rows = found.rates().stream().map(rate -> row(rate, context)).toList();
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
                found.groups(),
                names,
                spans,
                TrendJson.lines(names, spans, range, range.length().dividedBy(POINTS)),
                asked.api("/api/v1/analytics/rates")
                        .with("by", asked.by().written())
                        .with("limit", MOST_OVER_REST)
                        .toString());
    }

    /**
     * The data that all rows use.
     *
     * @param sharing builders whose engine has other builders with builds; the list of builds shows the builders of an engine together
     */
    private record Context(
            RateBy by,
            BuildLinks links,
            Map<StepClass, ClassSize> sizeOf,
            Map<BuilderId, WatchedHost> hostOf,
            Set<BuilderId> sharing) {}

    /** Returns the builders that share an engine with other builders of the builds. Builders without a row count as well. */
    private Set<BuilderId> sharing(BuildFilter filter) {
        var engines = hosts.buildersByEngine();
        var seen = new HashMap<Set<BuilderId>, BuilderId>();
        var sharing = new HashSet<BuilderId>();
        for (var builder : used.of(filter)) {
            var other = seen.putIfAbsent(engines.getOrDefault(builder, Set.of(builder)), builder);
            if (other != null) {
                sharing.addAll(List.of(builder, other));
            }
        }
        return sharing;
    }

    private static BuilderId builder(String key) {
        return new BuilderId(Long.parseLong(key));
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

    private Row row(Rate rate, Context context) {
        var step = rate.step();
        if (step != null) {
            String page = Address.to("/step")
                    .with("project", rate.group().project())
                    .with("identity", rate.group().key())
                    .toString();
            String stage = step.stage() == null ? null : "in " + step.stage();
            return new Row(step.text(), stage, rate.group().project(), page, rate, null);
        }
        String key = rate.group().key();
        if (key == null) {
            return new Row(
                    context.by() == RateBy.BRANCH ? "Unknown branch" : "No host (uploaded)",
                    null,
                    null,
                    null,
                    rate,
                    null);
        }
        return switch (context.by()) {
            case CLASS, STEP -> ofClass(StepClass.valueOf(key), rate, context.sizeOf());
            case PROJECT -> new Row(key, null, null, context.links().ofProject(key), rate, null);
            case BRANCH -> new Row(key, null, null, context.links().ofBranch(key), rate, null);
            case BUILDER -> ofBuilder(builder(key), rate, context);
        };
    }

    private Row ofClass(StepClass stepClass, Rate rate, Map<StepClass, ClassSize> sizeOf) {
        return new Row(words.of(stepClass), null, null, null, rate, sizeOf.get(stepClass));
    }

    private static Row ofBuilder(BuilderId builder, Rate rate, Context context) {
        var host = context.hostOf().get(builder);
        if (host == null) {
            return new Row("Builder " + builder, null, null, null, rate, null);
        }
        return context.sharing().contains(builder)
                ? new Row(
                        host.name(),
                        "only builds reported by this host; its engine has other hosts",
                        null,
                        null,
                        rate,
                        null)
                : new Row(host.name(), null, null, context.links().ofHost(host.id()), rate, null);
    }

    /** Returns the name for the legend of the chart. */
    private static String shortName(Row row, boolean ofOneProject) {
        String name = row.project() == null || ofOneProject
                ? row.name()
                : cut(row.project(), LONGEST_PROJECT) + ": " + row.name();
        return cut(name, LONGEST_NAME);
    }

    private static String cut(String name, int longest) {
        return name.length() <= longest ? name : name.substring(0, longest - 1) + "…";
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
