package dev.cachewarden.build.held;

import dev.cachewarden.build.held.HeldRecord.Ground;
import dev.cachewarden.build.step.BuildStep;
import dev.cachewarden.build.step.RecordInstruction;
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

/** Finds the records that hold what the steps of one build made. */
final class HeldResults {

    /** A record is dated when its step's result is committed: 1.4 ms after the step's own end, as seen on Docker Engine 28.5. */
    private static final Duration COMMITTED = Duration.ofSeconds(1);

    /** What a build used is let go after its end; within 30 ms, as seen on Docker Engine 28.5. */
    private static final Duration LET_GO = Duration.ofSeconds(2);

    /** Of the name of a step, and of the description of a record that is none of a RUN: {@code [build 2/5] }. */
    private static final Pattern PLACE = Pattern.compile("^\\[(?:(.*) )?\\d+/\\d+] ");

    private static final Comparator<CacheRecord> OLDEST_FIRST = Comparator.comparing(
                    CacheRecord::createdAt, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(CacheRecord::id);

    private final Instant began;
    private final @Nullable Instant ended;
    private final BuilderId builder;
    private final Map<Integer, List<CacheRecord>> candidates = new HashMap<>();

    /** Ids of the records that the results of steps, by their numbers, are among: what later steps build on. */
    private final Map<Integer, Set<String>> builtUpon = new HashMap<>();

    private HeldResults(Instant began, @Nullable Instant ended, BuilderId builder) {
        this.began = began;
        this.ended = ended;
        this.builder = builder;
    }

    /**
     * By number of the step; steps whose record is not known are left out.
     *
     * @param began when the build did
     * @param ended null: not known
     * @param builder whose records they are
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
        // A step comes before what builds on it.
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
        // Another stage may have made what the cache then had: times and parents count whatever the place.
        var built = newest(all, record -> upon.contains(record.id()));
        if (!step.cached()) {
            var made = newest(own.isEmpty() ? all : own, record -> madeBy(step, record));
            return first(
                    held(made, Ground.MADE_BY_IT, all),
                    held(built, Ground.BUILT_UPON, all),
                    held(newest(own, any -> true), Ground.SAME_INSTRUCTION, all));
        }
        var used = newest(all, record -> wasThere(record, step) && lastUsedByTheBuild(record));
        return first(
                held(built, Ground.BUILT_UPON, all),
                held(used, Ground.USED_BY_IT, all),
                held(newest(own, record -> wasThere(record, step)), Ground.THERE_BEFORE, all),
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

    private boolean wasThere(CacheRecord record, BuildStep step) {
        var created = record.createdAt();
        Instant at = step.completedAt() != null ? step.completedAt() : ended;
        return created != null && at != null && !created.isAfter(at);
    }

    private boolean lastUsedByTheBuild(CacheRecord record) {
        var used = record.lastUsedAt();
        return used != null && ended != null && !used.isBefore(began) && !used.isAfter(ended.plus(LET_GO));
    }

    /** Not if it tells another stage or platform, as records of RUN never do. */
    private static boolean mayBeOf(BuildStep step, CacheRecord record) {
        return !record.description().startsWith("[")
                || place(record.description()).equals(place(step.name()));
    }

    /** {@code linux/arm64 build} of {@code [linux/arm64 build 2/5] COPY . .}; the number moves. */
    private static String place(String name) {
        var matcher = PLACE.matcher(name);
        return !matcher.find() || matcher.group(1) == null ? "" : matcher.group(1);
    }
}
