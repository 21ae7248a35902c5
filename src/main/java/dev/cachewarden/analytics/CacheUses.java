package dev.cachewarden.analytics;

import dev.cachewarden.analytics.BuildEnds.Ran;
import dev.cachewarden.analytics.Contents.Content;
import dev.cachewarden.history.Past;
import dev.cachewarden.history.RecordLife;
import dev.cachewarden.history.UsageHistory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The stored uses of a cache by builds. Each build uses each content once, and parents come before children.
 *
 * <p>When a build that creates a record ends, it releases the record, and the builder counts this as the first use. Here both count as one
 * use.
 */
final class CacheUses {

    private final List<Use> uses = new ArrayList<>();

    private record Use(
            RecordLife life,
            Content content,
            Instant at,
            @Nullable Duration rebuild,
            boolean made) {

        RecordUse as(Instant time) {
            return new RecordUse(
                    Integer.toString(content.number()), life.record().size(), time, rebuild, made && content.again());
        }
    }

    private CacheUses() {}

    /**
     * Computes the size curve from the uses.
     *
     * @param from start of the uses
     * @param rebuild maps the ID of a record to its rebuild time, if known
     * @param builds known builds
     */
    static SizeReading reading(Past past, Instant from, Map<String, Duration> rebuild, Collection<Ran> builds) {
        var all = new CacheUses();
        var contents = Contents.of(past.lives());
        for (var life : past.lives()) {
            String id = life.record().id();
            all.add(
                    life,
                    Objects.requireNonNull(contents.get(id)),
                    rebuild.get(id),
                    made(life, from),
                    past.uses().getOrDefault(id, List.of()));
        }
        all.uses.sort(Comparator.comparing(Use::at));
        var ends = BuildEnds.of(builds, all.uses.stream().map(Use::at).toList());
        return SizeReading.of(all.byBuild(ends), ends);
    }

    /**
     * Returns the time at which the record was created, or {@code from} if that is earlier. An older record counts as created at the start
     * of the time range.
     */
    private static Instant made(RecordLife life, Instant from) {
        var made = life.record().createdAt() == null
                ? life.firstSeenAt()
                : life.record().createdAt();
        return made.isBefore(from) ? from : made;
    }

    private void add(
            RecordLife life,
            Content content,
            @Nullable Duration rebuild,
            Instant made,
            List<UsageHistory.RecordUse> seen) {
        uses.add(new Use(life, content, made, rebuild, true));
        for (var use : seen) {
            if (use.usageCount() != 1) {
                uses.add(new Use(life, content, use.usedAt() == null ? use.seenAt() : use.usedAt(), rebuild, false));
            }
        }
    }

    private List<RecordUse> byBuild(List<Instant> ends) {
        var ordered = new TreeSet<>(ends);
        Map<Instant, List<Use>> builds = new TreeMap<>();
        for (var use : uses) {
            var end = ordered.ceiling(use.at());
            builds.computeIfAbsent(end == null ? Instant.MAX : end, any -> new ArrayList<>())
                    .add(use);
        }
        return builds.values().stream().flatMap(CacheUses::ofOne).toList();
    }

    /** Returns the uses of one build. All have the time of the last use, which preserves their order. */
    private static Stream<RecordUse> ofOne(List<Use> build) {
        var at = build.getLast().at();
        Set<Integer> seen = new HashSet<>();
        return build.stream()
                .filter(use -> seen.add(use.content().number()))
                .sorted(Comparator.comparingInt(use -> use.content().depth()))
                .map(use -> use.as(at));
    }
}
