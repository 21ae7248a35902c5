package dev.cachewarden.analytics.steps;

import dev.cachewarden.analytics.steps.HeldRecord.Ground;
import dev.cachewarden.build.steps.BuildStep;
import dev.cachewarden.build.steps.RecordInstruction;
import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.progress.VertexState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The records that hold the results of the steps of one build. */
final class HeldResults {

    /**
     * The maximum time from the end of a step to the creation time of its record. BuildKit sets it when it commits the result. On Docker
     * Engine 28.5 this was 1.4 ms after the end of the step.
     */
    private static final Duration COMMITTED = Duration.ofSeconds(1);

    /** The maximum time from the end of a build to the release of the records that it used. On Docker Engine 28.5 it was within 30 ms. */
    private static final Duration LET_GO = Duration.ofSeconds(2);

    /** The start of the name of a step, and of the description of a record of any instruction except RUN: {@code [build 2/5] }. */
    private static final Pattern PLACE = Pattern.compile("^\\[(?:(.*) )?\\d+/\\d+] ");

    private static final Comparator<CacheRecord> OLDEST_FIRST = Comparator.comparing(
                    CacheRecord::createdAt, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(CacheRecord::id);

    private final Instant began;
    private final @Nullable Instant ended;
    private final BuilderId builder;
    private final Map<Integer, List<CacheRecord>> candidates = new HashMap<>();

    /** For the number of each step, the parents of the records of later steps. The result of the step is among them. */
    private final Map<Integer, Set<String>> builtUpon = new HashMap<>();

    private HeldResults(Instant began, @Nullable Instant ended, BuilderId builder) {
        this.began = began;
        this.ended = ended;
        this.builder = builder;
    }

    /**
     * Returns the records by the number of the step. Steps without a known record are left out.
     *
     * @param began time at which the build started
     * @param ended time at which the build ended, or null if unknown
     * @param builder builder of the records
     */
    static Map<Integer, HeldRecord> of(
            Instant began,
            @Nullable Instant ended,
            List<BuildStep> steps,
            BuilderId builder,
            Collection<CacheRecord> records) {
        var results = new HeldResults(began, ended, builder);
        results.match(steps, records);
        var chains = new ParentChains(steps, results.candidates, records);
        var held = new TreeMap<Integer, HeldRecord>();
        // The inputs of a step come before it, so later steps are resolved first.
        for (var step : steps.reversed()) {
            var found = results.of(step, chains);
            if (found != null) {
                held.put(step.number(), found);
            }
        }
        return held;
    }

    private void match(List<BuildStep> steps, Collection<CacheRecord> records) {
        var index = new InstructionIndex<Integer>();
        for (var step : steps) {
            if (step.cacheable() && (step.cached() || step.state() == VertexState.DONE)) {
                index.add(step.kind(), step.text(), step.number());
            }
        }
        for (var record : records) {
            for (int number : index.of(RecordInstruction.of(record.description()))) {
                candidates.computeIfAbsent(number, any -> new ArrayList<>()).add(record);
            }
        }
    }

    private @Nullable HeldRecord of(BuildStep step, ParentChains chains) {
        var all = candidates.getOrDefault(step.number(), List.of());
        var own = all.stream()
                .filter(record -> mayBeOf(step, record) && chains.mayBeOf(step, record))
                .toList();
        var found = choose(step, all, own);
        if (found != null && found.ground().sure()) {
            step.inputs()
                    .forEach(input -> builtUpon
                            .computeIfAbsent(input, any -> new HashSet<>())
                            .addAll(found.record().parents()));
        }
        return found;
    }

    private @Nullable HeldRecord choose(BuildStep step, List<CacheRecord> all, List<CacheRecord> own) {
        var upon = builtUpon.getOrDefault(step.number(), Set.of());
        // A different stage may have created a cached result, so times and parents count regardless of the stage.
        var built = newest(all, record -> upon.contains(record.id()));
        if (!step.cached()) {
            var made = newest(own.isEmpty() ? all : own, record -> madeBy(step, record));
            return first(
                    held(made, Ground.CREATED_BY_STEP, all),
                    held(built, Ground.PARENT_OF_NEXT, all),
                    held(newest(own, any -> true), Ground.SAME_INSTRUCTION, all));
        }
        var used = newest(all, record -> existedAtStep(record, step) && lastUsedByTheBuild(record));
        return first(
                held(built, Ground.PARENT_OF_NEXT, all),
                held(used, Ground.USED_BY_BUILD, all),
                held(newest(own, record -> existedAtStep(record, step)), Ground.EXISTED_BEFORE, all),
                held(newest(own, any -> true), Ground.SAME_INSTRUCTION, all));
    }

    private static @Nullable HeldRecord first(@Nullable HeldRecord... found) {
        return Stream.of(found).filter(Objects::nonNull).findFirst().orElse(null);
    }

    private @Nullable HeldRecord held(@Nullable CacheRecord record, Ground ground, List<CacheRecord> all) {
        return record == null ? null : new HeldRecord(builder, record, ground, all.size());
    }

    private static @Nullable CacheRecord newest(List<CacheRecord> records, Predicate<CacheRecord> which) {
        return records.stream().filter(which).max(OLDEST_FIRST).orElse(null);
    }

    private static boolean madeBy(BuildStep step, CacheRecord record) {
        var created = record.createdAt();
        var from = step.startedAt();
        var to = step.completedAt();
        return created != null
                && from != null
                && to != null
                && !created.isBefore(from)
                && !created.isAfter(to.plus(COMMITTED));
    }

    private boolean existedAtStep(CacheRecord record, BuildStep step) {
        var created = record.createdAt();
        Instant at = step.completedAt() != null ? step.completedAt() : ended;
        return created != null && at != null && !created.isAfter(at);
    }

    private boolean lastUsedByTheBuild(CacheRecord record) {
        var used = record.lastUsedAt();
        return used != null && ended != null && !used.isBefore(began) && !used.isAfter(ended.plus(LET_GO));
    }

    /**
     * Returns whether the record may belong to the step. It does not if it names another stage or platform. Records of RUN name neither.
     */
    private static boolean mayBeOf(BuildStep step, CacheRecord record) {
        return !record.description().startsWith("[")
                || place(record.description()).equals(place(step.name()));
    }

    /**
     * Returns the platform and the stage, such as {@code linux/arm64 build} for {@code [linux/arm64 build 2/5] COPY . .}. The number is
     * left out, because it can change.
     */
    private static String place(String name) {
        var matcher = PLACE.matcher(name);
        return !matcher.find() || matcher.group(1) == null ? "" : matcher.group(1);
    }
}
