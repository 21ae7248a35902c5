package dev.cachewarden.build.analytics;

import dev.cachewarden.build.analysis.size.BuildEnds;
import dev.cachewarden.build.analysis.size.BuildEnds.Ran;
import dev.cachewarden.build.analysis.size.RecordUse;
import dev.cachewarden.build.analysis.size.SizeReading;
import dev.cachewarden.build.analytics.Contents.Content;
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
 * What builds used of a cache, as it is remembered: of each build each content once, parents before what stands upon them.
 *
 * <p>A build that makes a record lets go of it as it ends, which the builder counts as its first use; here both are one.
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
     * What they tell.
     *
     * @param from since when they are remembered
     * @param rebuild how long it takes to make a record again, by its id; as far as it is known
     * @param builds as far as they are known
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

    /** What is older was asked for before the time looked at: at its beginning it is there for the first time. */
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

    /** All at the time of the last of them, which keeps the order. */
    private static Stream<RecordUse> ofOne(List<Use> build) {
        var at = build.getLast().at();
        Set<Integer> seen = new HashSet<>();
        return build.stream()
                .filter(use -> seen.add(use.content().number()))
                .sorted(Comparator.comparingInt(use -> use.content().depth()))
                .map(use -> use.as(at));
    }
}
