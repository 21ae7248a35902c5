package dev.cachewarden.dashboard;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.Durations;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.planner.Filter;
import dev.cachewarden.planner.LimitPerRun;
import dev.cachewarden.planner.PruneRule;
import dev.cachewarden.planner.RunGuards;
import dev.cachewarden.policy.LabelSelector;
import dev.cachewarden.policy.Policies;
import dev.cachewarden.policy.PolicyDocument;
import dev.cachewarden.policy.PolicyMode;
import dev.cachewarden.policy.PolicyVersionView;
import dev.cachewarden.policy.PolicyVersions;
import dev.cachewarden.policy.PolicyView;
import dev.cachewarden.policy.Triggers;
import dev.cachewarden.rest.InvalidInputException;
import dev.cachewarden.rest.NotFoundException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Policies kept in memory, checked only as far as the pages' tests need. */
final class FakePolicies implements Policies, PolicyVersions {

    private static final PruneRule MOUNTS =
            PruneRule.unusedFor(Duration.ofHours(48)).ofTypes(RecordType.SOURCE_LOCAL, RecordType.SOURCE_GIT_CHECKOUT);
    private static final PruneRule REST = PruneRule.atMost(ByteSize.parse("200GiB"))
            .andUnusedFor(Duration.ofDays(14))
            .andReservedSpace(ByteSize.parse("20GiB"));

    private final Map<Long, PolicyView> policies = new ConcurrentHashMap<>();

    /** What was to be created, in order. */
    final List<PolicyDocument> created = new CopyOnWriteArrayList<>();

    FakePolicies() {
        fill();
    }

    void clear() {
        created.clear();
        policies.clear();
    }

    void fill() {
        clear();
        policies.put(
                1L,
                view(1, "ci-default", PolicyMode.ENFORCE, LabelSelector.parse("env=ci"), "0 3 * * *", List.of(), 4));
        policies.put(
                2L,
                view(
                        2,
                        "watch-only",
                        PolicyMode.REPORT,
                        LabelSelector.EVERY_HOST,
                        null,
                        List.of(new PolicyView.Warning(
                                "rules[1]", "takes nothing that rule 1 has not taken already", "Leave it out.")),
                        1));
    }

    /** Lets one come from a configuration file. */
    void comesFrom(String file, long id) {
        policies.computeIfPresent(
                id,
                (key, policy) -> new PolicyView(
                        id,
                        policy.content(),
                        policy.nextStartAt(),
                        policy.lastStartAt(),
                        policy.lastStartResult(),
                        policy.createdAt(),
                        policy.updatedAt(),
                        policy.version(),
                        policy.warnings(),
                        file));
    }

    private static PolicyView view(
            long id,
            String name,
            PolicyMode mode,
            LabelSelector scope,
            @Nullable String cron,
            List<PolicyView.Warning> warnings,
            int version) {
        var content = new PolicyView.Content(
                name,
                mode,
                true,
                scope,
                0,
                List.of(MOUNTS, REST),
                List.of(Filter.parse("mountTarget==/root/.m2")),
                Triggers.cron(cron, ZoneId.of("Europe/Berlin")),
                new LimitPerRun(ByteSize.parse("100GiB"), 20),
                ByteSize.parse("50GiB"),
                new RunGuards(Duration.ofMinutes(10), 3, null, null));
        return new PolicyView(
                id,
                content,
                cron == null ? null : Fleets.NOW.plus(Duration.ofHours(14)),
                cron == null ? null : Fleets.NOW.minus(Duration.ofHours(10)),
                cron == null ? null : "2 hosts: 1 run started, 1 with nothing to delete",
                Fleets.NOW.minus(Duration.ofDays(40)),
                Fleets.NOW.minus(Duration.ofDays(3)),
                version,
                warnings,
                null);
    }

    @Override
    public List<PolicyView> all() {
        return policies.values().stream()
                .sorted(Comparator.comparing(PolicyView::name))
                .toList();
    }

    @Override
    public Optional<PolicyView> find(long id) {
        return Optional.ofNullable(policies.get(id));
    }

    @Override
    public PolicyView create(PolicyDocument input, String by) {
        created.add(input);
        long id = policies.keySet().stream().mapToLong(Long::longValue).max().orElse(0) + 1;
        return store(id, input, 1);
    }

    @Override
    public PolicyView change(long id, PolicyDocument input, @Nullable Integer expectedVersion, String by) {
        var before = find(id).orElseThrow(() -> new NotFoundException("There is no policy " + id + "."));
        return store(id, input, before.version() + 1);
    }

    private PolicyView store(long id, PolicyDocument input, int version) {
        if (input.name() == null || input.name().isBlank()) {
            throw new InvalidInputException("name", "A policy needs a name");
        }
        for (int i = 0; i < input.rules().size(); i++) {
            checkSize("rules[" + i + "].maxUsedSpace", input.rules().get(i).maxUsedSpace());
            checkAge("rules[" + i + "].unusedFor", input.rules().get(i).unusedFor());
        }
        var view = view(
                id,
                input.name(),
                PolicyMode.valueOf(input.mode() == null ? "REPORT" : input.mode()),
                LabelSelector.parse(input.scope() == null ? "" : input.scope()),
                input.cron() == null || input.cron().isBlank() ? null : input.cron(),
                List.of(),
                version);
        policies.put(id, view);
        return view;
    }

    private static void checkSize(String field, @Nullable String text) {
        try {
            if (text != null && !text.isBlank()) {
                var unused = ByteSize.parse(text);
            }
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(field, String.valueOf(e.getMessage()));
        }
    }

    private static void checkAge(String field, @Nullable String text) {
        try {
            if (text != null && !text.isBlank()) {
                var unused = Durations.parse(text);
            }
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(field, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public PolicyView.Content read(PolicyDocument input) {
        var mode = PolicyMode.valueOf(input.mode() == null ? "REPORT" : input.mode());
        return view(0, String.valueOf(input.name()), mode, LabelSelector.EVERY_HOST, input.cron(), List.of(), 1)
                .content();
    }

    /** Each version but the last said less. */
    @Override
    public List<PolicyVersionView> of(long policyId) {
        var policy = find(policyId).orElseThrow();
        return IntStream.iterate(policy.version(), version -> version > 0, version -> version - 1)
                .mapToObj(version -> find(policyId, version).orElseThrow())
                .toList();
    }

    @Override
    public Optional<PolicyVersionView> find(long policyId, int version) {
        return find(policyId)
                .filter(policy -> version >= 1 && version <= policy.version())
                .map(policy -> new PolicyVersionView(
                        policyId,
                        version,
                        version == policy.version() ? policy.content() : fewer(policy.content()),
                        policy.updatedAt().minus(Duration.ofDays(policy.version() - version)),
                        version == 1 ? null : "ada"));
    }

    @Override
    public List<PolicyVersionView> latest(int policies, int each) {
        return all().stream()
                .limit(policies)
                .flatMap(policy -> of(policy.id()).stream().limit(each))
                .toList();
    }

    @Override
    public List<PolicyVersionView> savedWithin(Instant from, Instant until, int limit) {
        return all().stream()
                .flatMap(policy -> of(policy.id()).stream())
                .filter(version ->
                        !version.savedAt().isBefore(from) && version.savedAt().isBefore(until))
                .sorted(Comparator.comparing(PolicyVersionView::savedAt).reversed())
                .limit(limit)
                .toList();
    }

    private static PolicyView.Content fewer(PolicyView.Content content) {
        return new PolicyView.Content(
                content.name(),
                PolicyMode.REPORT,
                content.enabled(),
                content.scope(),
                content.priority(),
                List.of(MOUNTS),
                content.pins(),
                content.triggers(),
                new LimitPerRun(null, 10),
                content.approveAbove(),
                RunGuards.NONE);
    }

    @Override
    public PolicyView restore(long policyId, int version, String by) {
        var before = find(policyId).orElseThrow();
        var kept = find(policyId, version)
                .orElseThrow(() -> new NotFoundException("There is no version " + version + "."));
        var restored = new PolicyView(
                policyId,
                kept.content(),
                before.nextStartAt(),
                before.lastStartAt(),
                before.lastStartResult(),
                before.createdAt(),
                Fleets.NOW,
                before.version() + 1,
                List.of(),
                null);
        policies.put(policyId, restored);
        return restored;
    }

    @Override
    public void remove(long id) {
        if (policies.remove(id) == null) {
            throw new NotFoundException("There is no policy " + id + ".");
        }
    }

    @Override
    public List<Instant> nextStarts(String cron, @Nullable String timeZone, int count) {
        if (cron.split(" ").length != 5) {
            throw new InvalidInputException("cron", "'" + cron + "' is not a cron; write five fields");
        }
        return IntStream.rangeClosed(1, count)
                .mapToObj(day -> Fleets.NOW.plus(Duration.ofDays(day)))
                .toList();
    }
}
