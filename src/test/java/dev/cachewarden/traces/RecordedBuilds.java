package dev.cachewarden.traces;

import dev.cachewarden.analytics.RecordUse;
import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.simulator.cache.BuildSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What some hundred builds used and made of a cache from which nothing was deleted; real ones, unless they are called made up. */
final class RecordedBuilds {

    static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

    private static final int BUILDS = 200;
    private static final int STEPS = 7;

    private final Map<String, Made> records = new HashMap<>();
    private final List<Build> builds = new ArrayList<>();

    /**
     * A record.
     *
     * @param instruction what made it: the same for all versions of it
     * @param rebuild how long its step took; null: the client printed none
     */
    private record Made(
            String id,
            String instruction,
            String type,
            long size,
            List<String> parents,
            @Nullable Duration rebuild) {}

    /** @param used ids of records, parents before their children */
    record Build(Instant at, List<String> used) {}

    private RecordedBuilds() {}

    static RecordedBuilds read() {
        var trace = new RecordedBuilds();
        var json = JsonMapper.builder().build();
        try (var file = Objects.requireNonNull(
                RecordedBuilds.class.getResourceAsStream("/dev/cachewarden/traces/builds.jsonl"))) {
            new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(json::readTree)
                    .forEach(trace::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return trace;
    }

    /**
     * Instead of real ones: of some projects, few of which build often. Each build goes through a chain of steps and one beside it; mostly one of
     * them has changed, and with it all that stand upon it.
     */
    static RecordedBuilds madeUp(long seed) {
        var random = new Random(seed);
        var trace = new RecordedBuilds();
        int projects = 3 + random.nextInt(6);
        long[] sizes = random.longs((long) projects * STEPS, 0, 3_000_000).toArray();
        int[] versions = new int[projects * STEPS];
        for (int build = 0; build < BUILDS; build++) {
            int project = STEPS * (int) (projects * Math.pow(random.nextDouble(), 2));
            int changed = random.nextInt(4) == 0 ? STEPS : random.nextInt(STEPS);
            List<String> used = new ArrayList<>();
            for (int step = project; step < project + STEPS; step++) {
                versions[step] += step - project < changed ? 0 : 1;
                String id = "r" + step + "v" + versions[step];
                // The third stands beside the second.
                var parents =
                        used.isEmpty() ? List.<String>of() : List.of(used.get(used.size() == 2 ? 0 : used.size() - 1));
                trace.records.putIfAbsent(
                        id, new Made(id, "step " + step, "regular", sizes[step], parents, Duration.ofSeconds(step)));
                used.add(id);
            }
            trace.builds.add(new Build(START.plusSeconds(2_400L * build), used));
        }
        return trace;
    }

    private void add(JsonNode line) {
        var used = new ArrayList<String>();
        for (var record : line.path("records")) {
            String id = record.path("id").asString();
            used.add(id);
            if (record.has("type")) {
                String instruction = line.path("project").asString() + " " + used.size();
                records.put(id, made(id, instruction, record));
            }
        }
        builds.add(new Build(START.plusSeconds(line.path("at").asLong()), used));
    }

    private static Made made(String id, String instruction, JsonNode record) {
        return new Made(
                id,
                instruction,
                record.path("type").asString(),
                record.path("size").asLong(),
                StreamSupport.stream(record.path("parents").spliterator(), false)
                        .map(JsonNode::asString)
                        .toList(),
                record.has("seconds")
                        ? Duration.ofMillis(Math.round(record.path("seconds").asDouble() * 1_000))
                        : null);
    }

    List<Build> builds() {
        return builds;
    }

    /** Bytes of all records that were ever made. */
    long bytes() {
        return records.values().stream().mapToLong(Made::size).sum();
    }

    @Nullable
    Duration rebuild(String id) {
        return made(id).rebuild();
    }

    String instruction(String id) {
        return made(id).instruction();
    }

    private Made made(String id) {
        return Objects.requireNonNull(records.get(id), id);
    }

    /** The same as uses, in the order of the records of each build. */
    List<RecordUse> uses() {
        return builds.stream()
                .flatMap(build -> build.used().stream().map(id -> {
                    var made = made(id);
                    return new RecordUse(id, new ByteSize(made.size()), build.at(), made.rebuild());
                }))
                .toList();
    }

    List<Instant> ends() {
        return builds.stream().map(Build::at).toList();
    }

    /** The same build for the simulator, a step for each record; its description is the id of the real one. */
    BuildSpec spec(Build build) {
        var steps = new ArrayList<BuildSpec.Step>();
        for (String id : build.used()) {
            var made = made(id);
            var kind = made.type().equals("source.local") ? BuildSpec.Kind.LOCAL_SOURCE : BuildSpec.Kind.EXEC;
            var parents = made.parents().stream().map(build.used()::indexOf).toList();
            steps.add(new BuildSpec.Step(kind, id, "", 0, made.size(), parents));
        }
        return new BuildSpec(steps, null);
    }
}
